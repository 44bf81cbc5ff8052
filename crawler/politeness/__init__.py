"""The gate: everything that goes out to the web goes through here, and keeps its manners.

`settings.gate_settings` puts it together; `door` is where each request leaves. Nothing outside
this room may open a connection (a test looks for it).
"""
