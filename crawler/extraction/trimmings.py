"""What goes with an article: summary, lead image, kind of piece, correction notice."""

from typing import Any

from crawler import urls
from crawler.extraction import vocabulary
from crawler.extraction.document import Document
from crawler.extraction.prose import Prose
from crawler.extraction.structured import unescape
from crawler.records import Lead, Zone

LONGEST_SUMMARY = 1000
_IMAGE_METAS = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
_SUMMARY_METAS = ("og:description", "description", "twitter:description", "dc.description")
# JSON-LD type -> kind of piece; the first that a page has counts.
_KINDS = (
    ("liveblogposting", "live blog"), ("advertisercontentarticle", "advertising"),
    ("satiricalarticle", "satire"),
    ("opinionnewsarticle", "opinion"), ("reviewnewsarticle", "review"), ("podcastepisode", "audio"),
    ("audioobject", "audio"), ("imagegallery", "gallery"),
)  # fmt: skip
_MUCH = 600  # characters of text, beside which a recording is only an addition
_SHORTEST = 30  # bytes, of a notice that tells something
_NOTICE = vocabulary.any_of("notice", r"^(?:\W{0,3})(?:{})")


def summary_of(document: Document, lead: Lead | None) -> str:
    """The description that the page (or else the feed) gives, plain."""
    said = document.meta(*_SUMMARY_METAS)
    in_articles = [text for thing in document.articles[:2] for text in thing.texts("description")]
    return (said or next(iter(in_articles), "") or unescape((lead.summary or "") if lead else ""))[
        :LONGEST_SUMMARY
    ]


def image_of(document: Document) -> str | None:
    """The absolute address of the lead image."""
    said = [
        document.meta(*_IMAGE_METAS),
        *(_image_in(thing.fields.get("image")) for thing in document.articles[:2]),
        document.link("image_src"),
    ]
    return next((address for href in said if href and (address := urls.resolve(document.url, href))), None)


def _image_in(value: Any) -> str | None:
    """The first address in a JSON-LD image: a string, an ImageObject or a list of either."""
    for _ in range(4):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = value.get("url") or value.get("contentUrl") or value.get("@id")
    return value if isinstance(value, str) else None


def media_type_of(document: Document, text: str) -> str:
    """ "article" or what the structured data says that the page is instead."""
    kinds = {kind for thing in document.things if not thing.nested_elsewhere for kind in thing.types}
    for kind, name in _KINDS:
        if kind in kinds and (name != "audio" or len(text) < _MUCH):
            return name
    if len(text) >= _MUCH:
        return "article"
    said = (document.meta("og:type") or "").lower()
    if said.startswith(("music", "audio")):
        return "audio"
    return "video" if said.startswith("video") or "videoobject" in kinds else "article"


def notice_of(read: Prose) -> str | None:
    """A correction or an editor's note, from the main text or beside it."""
    beside = (part.text for part in read.parts if part.zone is not Zone.LINK)
    lines = (*read.text.split("\n\n"), *beside)
    return next((line for line in lines if len(line.encode()) > _SHORTEST and _NOTICE.match(line)), None)
