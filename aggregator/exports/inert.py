"""Makes text and links harmless for what carries them, changing nothing that can be carried.

Escaping is each format's own business (Jinja2, lxml, json, csv do it); here is only
what escaping cannot do.
"""

import re
from urllib.parse import urlsplit

# https://www.w3.org/TR/xml/#charsets; HTML cannot carry most of these either.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LINE_BREAKS = re.compile("[\t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_NOT_IN_LINKS = re.compile("[\x00-\x20\x7f-\x9f\\\\\u2028\u2029\ufffe\uffff]")


def encodable(text: str) -> str:
    """Text that UTF-8 can carry: a lone surrogate becomes U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def xml_text(text: str) -> str:
    """Text that XML and HTML can carry: characters that they forbid are left out."""
    return _NOT_XML.sub("", encodable(text))


def one_line(text: str) -> str:
    """Text on one line, for formats where a line break would begin something new."""
    return xml_text(_LINE_BREAKS.sub(" ", text))


def web_link(url: str) -> str | None:
    """The URL if it is a plain http or https link, else None: nothing else becomes a link."""
    url = encodable(url)
    if _NOT_IN_LINKS.search(url):
        return None
    try:
        parts = urlsplit(url)
        return url if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def language_tag(language: str | None) -> str | None:
    """The language if it has the shape of a BCP 47 tag, else None."""
    return language if language and _LANGUAGE.fullmatch(language) else None
