"""What remains of an article for telling copies: the record, made from an article, and its JSON form.

A sketch is a few kilobytes whatever the article's size. Whether two sketches are one story
is for `fits`; under which keys the store finds a sketch again, for `keys`.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from aggregator.stories import headlines, keys, names, words
from crawler import urls
from crawler.languages import primary_language
from crawler.records import Article, Precision

_MOST_TRANSLATIONS = 12
_MOST_HYPHENS = (
    2  # in the last part of a section's address (auto-industry-news); articles' have more, or numbers
)
WORD_BYTES = 4  # of each number in `Sketch.words`


@dataclass(frozen=True, kw_only=True, slots=True)
class Sketch:
    """An article as far as stories need it.

    `outlet` is the outlet's slug, else its folded name. `day` is the outlet's local day as
    YYYY-MM-DD; `told` the instant it was published, else first seen (ISO, UTC), by which
    members are put in order. `headlines` are the words of each form of the headline.
    `words` and `starts` are `words.Text` as little-endian uint32. `index_keys` are what
    the store finds candidates by: articles of one story share at least one. `names`, `credits`,
    `picture` and `translations` (page keys) tell of kin; `kin_keys` are how kin find each other.
    """

    key: str
    outlet: str
    told: str
    day: str | None
    language: str | None
    wire: str | None
    headlines: tuple[tuple[str, ...], ...]
    pages: frozenset[str]
    words: bytes
    starts: bytes
    index_keys: frozenset[str]
    names: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    picture: str | None = None
    translations: frozenset[str] = frozenset()
    kin_keys: frozenset[str] = frozenset()

    def to_json(self) -> dict[str, Any]:
        """The sketch as JSON values; `from_json` makes it again."""
        return {
            "key": self.key,
            "outlet": self.outlet,
            "told": self.told,
            "day": self.day,
            "language": self.language,
            "wire": self.wire,
            "headlines": [list(form) for form in self.headlines],
            "pages": sorted(self.pages),
            "words": base64.b64encode(self.words).decode("ascii"),
            "starts": base64.b64encode(self.starts).decode("ascii"),
            "index_keys": sorted(self.index_keys),
            "names": list(self.names),
            "credits": list(self.credits),
            "picture": self.picture,
            "translations": sorted(self.translations),
            "kin_keys": sorted(self.kin_keys),
        }

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> "Sketch":
        """The sketch that `to_json` wrote. Raises KeyError where a field is missing."""
        return Sketch(
            key=stored["key"],
            outlet=stored["outlet"],
            told=stored["told"],
            day=stored["day"],
            language=stored["language"],
            wire=stored["wire"],
            headlines=tuple(tuple(form) for form in stored["headlines"]),
            pages=frozenset(stored["pages"]),
            words=base64.b64decode(stored["words"]),
            starts=base64.b64decode(stored["starts"]),
            index_keys=frozenset(stored["index_keys"]),
            # Sketches that were kept before kin were looked for have none of these.
            names=tuple(stored.get("names", ())),
            credits=tuple(stored.get("credits", ())),
            picture=stored.get("picture"),
            translations=frozenset(stored.get("translations", ())),
            kin_keys=frozenset(stored.get("kin_keys", ())),
        )


def sketch(article: Article) -> Sketch:
    """The sketch of an article. Pure; about a millisecond for an article of 600 words."""
    text = words.read(article.text or article.summary)
    forms = headlines.forms(article)
    pages = _pages(article)
    day = article.published.day.isoformat() if article.published else None
    language = primary_language(article.language)
    named = names.read_names(article.text or article.summary, language)
    translations = frozenset(urls.key(url) for url in article.translations[:_MOST_TRANSLATIONS])
    return Sketch(
        key=article.key,
        outlet=article.outlet_slug or " ".join(words.split(article.outlet)),
        told=_told(article).isoformat(),
        day=day,
        language=language,
        wire=" ".join(words.split(article.wire_credit)) or None if article.wire_credit else None,
        headlines=forms,
        pages=pages,
        words=np.ascontiguousarray(text.words, dtype="<u4").tobytes(),
        starts=np.ascontiguousarray(text.starts, dtype="<u4").tobytes(),
        index_keys=keys.index_keys(pages, forms, day, text),
        names=named.given,
        credits=named.credits,
        picture=urls.key(article.image_url) if article.image_url else None,
        translations=translations,
        kin_keys=keys.kin_keys(named.frequent, translations, day),
    )


def text_of(sketch: Sketch) -> words.Text:
    """The numbers of a sketch's text."""
    return words.Text(np.frombuffer(sketch.words, dtype="<u4"), np.frombuffer(sketch.starts, dtype="<u4"))


def _told(article: Article) -> datetime:
    """When the article was told; a page that knows only its day is taken to be of its noon."""
    if article.published is None:
        return article.first_seen
    noon = timedelta(hours=12) if article.published.precision is Precision.DAY else timedelta()
    return article.published.instant + noon


def _pages(article: Article) -> frozenset[str]:
    """Identities of all addresses of the page; another site's, a front page or a section is no evidence."""
    home = urls.registrable_domain(article.url)
    known = {article.key, urls.key(article.url)}
    for url in {article.canonical_url, *article.urls} - {article.url, ""}:
        if not urls.is_front_page(url) and urls.registrable_domain(urls.clean(url)) == home:
            key = urls.key(url)
            known |= set() if _is_section(key, article.key) else {key}
    return frozenset(known)


def _is_section(page: str, key: str) -> bool:
    """Whether a page's identity is that of a section in which the article lies: above it, a few words."""
    name = page.rstrip("/").rpartition("/")[2]
    is_above = key.startswith(f"{page.rstrip('/')}/")
    return is_above and name.count("-") <= _MOST_HYPHENS and not any(sign.isdigit() for sign in name)
