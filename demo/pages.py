"""Turns a piece into the page its outlet serves, by way of `demo/templates/`. No sockets."""

import html
from datetime import timedelta, timezone
from functools import cache
from pathlib import Path
from typing import NamedTuple

import jinja2
from babel.dates import format_datetime
from markupsafe import Markup

from demo.pieces import Masthead, Piece
from demo.structured import json_ld

TEMPLATES = Path(__file__).parent / "templates"
MARKS = {"## ": "subhead", "> ": "quote", "! ": "photo", "~ ": "more"}


class Block(NamedTuple):
    """A paragraph of the body and what kind it is: text, subhead, quote, photo or more."""

    kind: str
    text: Markup


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def blocks(piece: Piece) -> tuple[Block, ...]:
    """The body as blocks; behind a paywall only the opening is on the page."""
    shown = piece.body[:2] if piece.paywall else piece.body
    return tuple(_block(paragraph) for paragraph in shown)


def _block(paragraph: str) -> Block:
    mark = next((mark for mark in MARKS if paragraph.startswith(mark)), "")
    return Block(MARKS.get(mark, "text"), Markup(paragraph.removeprefix(mark).replace("\n", " ")))


def article_page(piece: Piece, masthead: Masthead, *, path: str = "", layout: str = "") -> str:
    """The page of a piece; `path` and `layout` differ from the piece's own for its AMP twin."""
    url = masthead.base + (path or piece.path)
    canonical = canonical_url(piece, masthead)
    return (
        _templates()
        .get_template((layout or piece.layout or masthead.layout) + ".html")
        .render(
            piece=piece,
            site=masthead,
            url=url,
            canonical=canonical,
            metadata=piece.metadata or masthead.metadata,
            language=piece.language or masthead.language,
            json_ld=Markup(json_ld(piece, masthead, canonical)),
            blocks=blocks(piece),
            dateline=visible_date(piece, masthead),
            updated=visible_date(piece, masthead, modified=True) if piece.modified else "",
            title=piece.title_tag or piece.headline + masthead.title_suffix,
            og_title=piece.og_title or piece.headline,
        )
    )


def canonical_url(piece: Piece, masthead: Masthead) -> str:
    """What the page names as its canonical address, rightly or wrongly."""
    if masthead.canonical_is_home:
        return f"{masthead.base}/"
    return piece.canonical or masthead.base + piece.path


def visible_date(piece: Piece, masthead: Masthead, *, modified: bool = False) -> str:
    """The date as the page shows it, in the outlet's language and habit."""
    moment = piece.stamp if modified else piece.published
    zone = timezone(timedelta(hours=masthead.offset_hours))
    locale = {"es": "es_US", "en": "en_US"}[piece.language or masthead.language]
    return format_datetime(moment, masthead.dateline, tzinfo=zone, locale=locale)


def section_page(masthead: Masthead, pieces: tuple[Piece, ...], section: str) -> str:
    """A front or section page: links to the newest pieces among much that is no article."""
    return (
        _templates()
        .get_template("section.html")
        .render(site=masthead, pieces=pieces, section=section, language=masthead.language)
    )


def plain(text: str) -> str:
    """A paragraph of light HTML as plain text."""
    return html.unescape(Markup(text).striptags())
