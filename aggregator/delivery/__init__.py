"""Bytes -> a place, a file a kind of place; renders nothing and decides nothing."""
