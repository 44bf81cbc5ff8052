"""Listing -> bytes, a file a format, found by looking into this folder; sends and stores nothing.

A module of this folder that holds a `FORMAT` is a format: a new one is one new file.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from aggregator.errors import UnknownSubject
from aggregator.exports.format import Format
from aggregator.records import Listing

__all__ = ["Format", "formats", "render"]


@cache
def formats() -> Mapping[str, Format]:
    """All formats by name, in alphabetical order."""
    names = [f"{__name__}.{module.name}" for module in pkgutil.iter_modules(__path__)]
    candidates = [getattr(importlib.import_module(name), "FORMAT", None) for name in names]
    found = [each for each in candidates if isinstance(each, Format)]
    return MappingProxyType({each.name: each for each in sorted(found, key=lambda each: each.name)})


def render(listing: Listing, name: str) -> bytes:
    """The listing in the named format; raises UnknownSubject for a name that no file answers to."""
    if name not in formats():
        raise UnknownSubject(f"no export format {name!r}; there are: {', '.join(formats())}")
    return formats()[name].render(listing)
