"""The files that browsers fetch (style, script, icon), each under an address made of its content."""

import hashlib
from functools import cache
from importlib.resources import files

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
NAMES = ("desk.css", "desk.js", "frame.js", "list.js", "icon.svg", "vendor/htmx.min.js")


@cache
def content(name: str) -> bytes:
    """A file's bytes. Raises KeyError for a name that is not one of ours."""
    if name not in NAMES:
        raise KeyError(name)
    return files("aggregator.review").joinpath("static", *name.split("/")).read_bytes()


def media_type(name: str) -> str:
    """What a file is, by its name."""
    return TYPES[name[name.rindex(".") :]]


@cache
def address(name: str) -> str:
    """The file's address, with its digest, so that browsers may keep it for ever."""
    return f"/static/{hashlib.sha256(content(name)).hexdigest()[:12]}/{name}"
