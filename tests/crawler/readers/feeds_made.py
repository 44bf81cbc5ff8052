# ruff: noqa: E501 - pieces of feeds
"""Puts the pieces of `feed_makers` together: every piece with every kind, then seeded mixtures of all."""

import itertools
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.crawler.readers.feed_makers import (
    BREAKAGES,
    DATE_NAMES,
    DATES,
    ENCODINGS,
    IS_ATOM,
    KINDS,
    LINKS,
    TITLES,
    TRUE_DATES,
    Made,
    Parts,
)

MIXTURES = 500


def make_feeds() -> Iterator[Made]:
    """All feeds, always the same ones."""
    for kind in KINDS:
        yield from _with_titles(kind)
        yield from _broken(kind)
        yield from _framed(kind)
        if kind not in ("rss091", "rss092"):  # they differ from RSS 2.0 in their version only
            yield from _with_links(kind)
            yield from _with_dates(kind)
            yield from _with_encodings(kind)
    yield from _mixtures(random.Random(2017))


def build(parts: Parts) -> str:
    """The feed as text."""
    opening, item, item_end, end = KINDS[parts.kind]
    body = parts.title + parts.link + parts.date + parts.more
    opening = opening.replace("{root}", parts.root).replace("{frame}", parts.frame)
    items = "".join(f"{item}{body}{item_end}".replace("{n}", str(n)) for n in range(parts.items))
    return parts.head + opening + _prefix(items, parts.kind) + end


def _prefix(items: str, kind: str) -> str:
    """The items of a feed whose elements have a prefix."""
    if kind != "prefixed":
        return items
    for name in ("title", "link", "published", "updated", "summary"):
        items = items.replace(f"<{name}", f"<a:{name}").replace(f"</{name}>", f"</a:{name}>")
    return items


def plain_parts(kind: str) -> Parts:
    """An ordinary feed of this kind."""
    if kind not in IS_ATOM:
        return Parts(kind=kind, name=(kind,))
    date = "issued" if kind == "atom03" else "published"
    return Parts(
        kind=kind,
        link=LINKS["absolute"][1],
        date=f"<{date}>2017-03-28T10:00:00-04:00</{date}>",
        more="<summary>They answered on Tuesday.</summary>",
        name=(kind,),
    )


def titled(parts: Parts, name: str) -> Parts:
    inner, type_ = TITLES[name]
    said = f' type="{type_}"' if type_ and parts.kind in IS_ATOM else ""
    if parts.kind == "atom03" and type_:
        said = {
            "html": ' mode="escaped" type="text/html"',
            "xhtml": ' mode="xml" type="application/xhtml+xml"',
        }.get(type_, ' type="text/plain"')
    return replace(parts, title=f"<title{said}>{inner}</title>", name=(*parts.name, f"title {name}"))


def linked(parts: Parts, name: str) -> Parts:
    link = LINKS[name][parts.kind in IS_ATOM]
    return replace(parts, link=link, name=(*parts.name, f"link {name}"))


def dated(parts: Parts, element: str, date: str) -> Parts:
    text = f"<{element}>{date}</{element}>"
    return replace(parts, date=text, true_date=TRUE_DATES.get(date), name=(*parts.name, f"{element} {date}"))


def encoded(parts: Parts, name: str) -> Made:
    declared, write, told = ENCODINGS[name]
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    body = write(build(replace(parts, head=head)))
    headers = (("content-type", f"application/xml; charset={told}"),) if told else ()
    return Made(
        name=" · ".join((*parts.name, f"encoding {name}")),
        body=body,
        headers=headers,
        true_date=parts.true_date,
    )


def _made(parts: Parts) -> Made:
    return Made(name=" · ".join(parts.name), body=build(parts).encode(), true_date=parts.true_date)


def _with_titles(kind: str) -> Iterator[Made]:
    for name in TITLES:
        yield _made(titled(plain_parts(kind), name))
    yield _made(replace(plain_parts(kind), title="", name=(kind, "no title")))


def _with_links(kind: str) -> Iterator[Made]:
    bases = ("", ' xml:base="https://base.example/a/b"', ' xml:base="/sub/"')
    for name, base in itertools.product(LINKS, bases):
        parts = linked(plain_parts(kind), name)
        yield _made(replace(parts, root=base, name=(*parts.name, f"base{base}")))


def _with_dates(kind: str) -> Iterator[Made]:
    names = DATE_NAMES.get(kind, DATE_NAMES["atom10" if kind in IS_ATOM else "rss"])
    for number, date in enumerate(DATES):
        yield _made(dated(plain_parts(kind), names[0], date))
        yield _made(dated(plain_parts(kind), names[1 + number % (len(names) - 1)], date))
    for first, second in itertools.permutations(names, 2):
        both = f"<{first}>2017-03-28T10:00:00Z</{first}><{second}>2017-03-29T11:00:00Z</{second}>"
        yield _made(replace(plain_parts(kind), date=both, name=(kind, f"{first} before {second}")))


def _with_encodings(kind: str) -> Iterator[Made]:
    for name, title in itertools.product(ENCODINGS, ("accents", "cjk")):
        yield encoded(titled(plain_parts(kind), title), name)


def _broken(kind: str) -> Iterator[Made]:
    for name, break_ in BREAKAGES.items():
        made = _made(plain_parts(kind))
        yield Made(name=f"{kind} · broken: {name}", body=break_(made.body))


def _framed(kind: str) -> Iterator[Made]:
    frames = {
        "no items": replace(plain_parts(kind), items=0),
        "many items": replace(plain_parts(kind), items=60),
        "paged": replace(plain_parts(kind), frame='<atom:link rel="next" href="/feed?page=2"/>'),
        "hub": replace(plain_parts(kind), frame='<atom:link rel="hub" href="https://hub.example/"/>'),
        "no head": replace(plain_parts(kind), head=""),
        "language": replace(plain_parts(kind), root=' xml:lang="de"'),
        "nothing": replace(plain_parts(kind), title="", link="", date="", more=""),
        "content": replace(
            plain_parts(kind),
            more="<content:encoded><![CDATA[<p>All of it.</p>]]></content:encoded><dc:creator>Jo</dc:creator>",
        ),
    }
    for name, parts in frames.items():
        yield _made(replace(parts, name=(kind, name)))


def _mixtures(dice: random.Random) -> Iterator[Made]:
    for number in range(MIXTURES):
        kind = dice.choice(list(KINDS))
        parts = linked(titled(plain_parts(kind), dice.choice(list(TITLES))), dice.choice(list(LINKS)))
        names = DATE_NAMES.get(kind, DATE_NAMES["atom10" if kind in IS_ATOM else "rss"])
        parts = dated(parts, dice.choice(names), dice.choice(DATES))
        parts = replace(parts, items=dice.choice((1, 1, 2, 3)), name=(f"mixture {number}", *parts.name))
        made = encoded(parts, dice.choice(list(ENCODINGS)) if dice.random() < 0.5 else "utf-8")
        if dice.random() < 0.4:
            broken = dice.choice(list(BREAKAGES))
            made = replace(made, name=f"{made.name} · broken: {broken}", body=BREAKAGES[broken](made.body))
        yield made


def make_json_feeds() -> Iterator[tuple[Made, str, str]]:
    """JSON Feeds, of which feedparser reads none, each with the headline and the address of its item."""
    versions = ("https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1", "1.1", "")
    links = {"url": "/1", "external_url": "https://other.example/1", "id": "https://daily.example/1"}
    dates = ("2017-03-28T10:00:00-04:00", "2017-03-28T14:00:00Z", "2017-03-28T14:00:00.5Z")
    titles = ("Mayors answer", "Así – 市長 📰", "Mayors &amp; councils", "Mayors <b>answer</b>")
    shown = ("Mayors answer", "Así – 市長 📰", "Mayors & councils", "Mayors answer")
    for version, (key, link), date, (title, headline), mark in itertools.product(
        versions, links.items(), dates, zip(titles, shown, strict=True), (False, True)
    ):
        item: dict[str, Any] = {"id": "1", "title": title, "date_published": date, "summary": "x"} | {
            key: link
        }
        feed = {
            "version": version,
            "home_page_url": "https://daily.example/",
            "items": [item, 7, {"id": "x"}],
        }
        body = json.dumps(feed).encode("utf-8-sig" if mark else "utf-8")
        name = f"json {version} · {key} · {date} · {title}"
        yield (
            Made(name=name, body=body),
            headline,
            link.replace("/1", "https://daily.example/1") if key == "url" else link,
        )
