"""The sample press: outlets, pages and feeds served on loopback under the outlets' own host names.

See `docs/sample-press.md` for a walk through the folder.
"""
