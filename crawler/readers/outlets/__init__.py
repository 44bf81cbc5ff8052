"""Outlets whose section pages the generic finder cannot read: a file an outlet, named as its slug."""
