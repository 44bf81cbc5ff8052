"""The only room that speaks SQL: a file a noun, functions that take the connection first.

It remembers facts, machine judgements and human decisions; it decides nothing.
"""
