"""The state that a page's scripts hold (Next.js, Nuxt, Apollo, Redux, Arc): JSON found and read, never run.

Which part of it is the article is for `crawler.extraction.stated`.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation

MOST_STATES = 12
_LARGEST = 3_000_000
# Where a script hands over JSON: `window.__INITIAL_STATE__ = {…}`, `Fusion.globalContent={…}`.
_ASSIGNED = re.compile(
    r"(?:\b__[A-Za-z_]{3,40}__|\b__(?:NUXT|INITIAL|PRELOADED|APOLLO|REDUX|APP|PAGE|SERVER|REMIX)\w{0,30}"
    r"|\bFusion\.(?:globalContent|contentCache)|(?:[iI]nitial|[pP]reloaded)(?:State|Data|Props)"
    r"|\bpage(?:Data|Props)|\barticle(?:Data|Json)?)[\"']?\]?\s*=\s*(JSON\.parse\(\s*)?(?=[{\[\"'])"
)
# What every name of an assignment holds, at its beginning or behind its first letter.
_NAMES = AhoCorasick(
    ["__", "Fusion.", "article", "pageData", "pageProps"]
    + [f"{stem}{kind}" for stem in ("nitial", "reloaded") for kind in ("State", "Data", "Props")],
    implementation=Implementation.DFA,
)
_STREAMED = re.compile(r"self\.__next_f\.push\(\s*(?=\[)")
_UNDEFINED = re.compile(r"(?<=[:\[,])\s*(?:undefined|NaN|void 0)\s*(?=[,}\]])")
_ROW = re.compile(r"([0-9a-f]{1,6}):(?:T([0-9a-f]{1,6}),|[A-Z]{0,2}(?=[\[{\"]))")
_READER = json.JSONDecoder(strict=False)


def states_of(json_scripts: list[str], scripts: list[str]) -> list[Any]:
    """The values that scripts of JSON and the assignments of other scripts hold, at most 12, in order."""
    found: list[Any] = []
    for script in json_scripts:
        found += _read(script, 0)
    for script in scripts:
        for place in _assignments_in(script[:_LARGEST]):
            found += _read_quoted(script, place.end()) if place[1] else _read(script, place.end())
            if len(found) >= MOST_STATES:
                return found[:MOST_STATES]
    streamed = list(_read_stream(scripts))
    return [*found, streamed][:MOST_STATES] if streamed else found[:MOST_STATES]


def _assignments_in(script: str) -> Iterator[re.Match[str]]:
    """Where a script may hand over JSON. One pass finds the names; only there the pattern is tried."""
    end = 0
    for _, start, _ in _NAMES.find_matches_as_indexes(script):
        for place in (start - 1, start):  # the names stand there without their first letter, or whole
            found = _ASSIGNED.match(script, place) if place >= end else None
            if found:
                end = found.end()
                yield found
                break


def _read(script: str, start: int) -> list[Any]:
    """The value that begins at a place of a script, in a list; empty where it is no JSON."""
    text = script[start : start + _LARGEST].lstrip()
    for attempt in (text, None):
        try:
            value, _ = _READER.raw_decode(attempt if attempt is not None else _UNDEFINED.sub("null", text))
        except (ValueError, RecursionError):
            continue
        return [value] if isinstance(value, dict | list) else []
    return []


def _read_quoted(script: str, start: int) -> list[Any]:
    """The value of a `JSON.parse("…")`."""
    quote, body = script[start], script[start + 1 : start + _LARGEST]
    end = re.search(rf"(?<!\\)(?:\\\\)*{quote}", body)
    if end is None:
        return []
    inside = body[: end.end() - 1]
    if quote == "'":
        inside = inside.replace("\\'", "'").replace('"', '\\"').replace('\\\\"', '\\"')
    try:
        text = _READER.decode(f'"{inside}"')
    except (ValueError, RecursionError):
        return []
    return _read(str(text), 0)


def _read_stream(scripts: list[str]) -> Iterator[Any]:
    """The rows of a React Server Components stream, its long texts put where rows refer to them."""
    pieces: list[str] = []
    for script in scripts:
        for place in _STREAMED.finditer(script):
            for value in _read(script, place.end()):
                pieces += [piece for piece in value[1:2] if isinstance(piece, str)]
    texts: dict[str, str] = {}
    rows: list[Any] = []
    for name, text, row in _rows("".join(pieces)[:_LARGEST]):
        if text is not None:
            texts[f"${name}"] = text
        else:
            rows += _read(row, 0)
    yield from (_with_texts(row, texts) for row in rows)


def _rows(stream: str) -> Iterator[tuple[str, str | None, str]]:
    """(id, text or None, JSON) of each row; a text row tells its length in bytes."""
    place = 0
    while found := _ROW.search(stream, place):
        if found[2] is None:
            end = stream.find("\n", found.end())
            place = end + 1 if end >= 0 else len(stream)
            yield found[1], None, stream[found.end() : place]
        else:
            length = int(found[2], 16)
            text = stream[found.end() : found.end() + length].encode()[:length].decode(errors="ignore")
            place = found.end() + len(text)
            yield found[1], text, ""


def _with_texts(root: Any, texts: dict[str, str]) -> Any:
    """A row whose references to text rows ("$1a") are those texts; changed in place, without recursion."""
    waiting = [root]
    while waiting:
        value = waiting.pop()
        items = (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        )
        for key, item in list(items):
            if isinstance(item, str):
                value[key] = texts.get(item, item)
            elif isinstance(item, dict | list):
                waiting.append(item)
    return root
