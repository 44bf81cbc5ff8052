"""Thin Scrapy walkers: they ask, hand answers to readers and extraction, and keep what comes back."""
