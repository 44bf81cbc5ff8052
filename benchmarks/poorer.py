"""`python -m benchmarks.poorer GOLD`: what is read off gold pages that tell less than they did.

The gold pages say nearly everything three times over: structured data, metadata and a visible heading agree.
Sites that nobody here has seen may say it once. So each page is read again without one kind of sign or
another, as a site with other habits would have made it; the gold stays what it was. Where the page itself
says a thing nowhere else (a third of the minutes), nothing can be right.
"""

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from benchmarks.accuracy.pages import SHIPPED, page_of, prediction_of, rows_of
from crawler import outlets
from crawler.extraction import extract
from crawler.outlets import Directory
from crawler.records import Article, Page

_FLAGS = re.IGNORECASE | re.DOTALL
_QUOTED = rb"""\s*=\s*(?:"[^"]*"|'[^']*')"""
_STRUCTURED = re.compile(rb"<script[^>]*ld\+json[^>]*>.*?</script>", _FLAGS)
_SOCIAL = re.compile(
    rb"""<meta[^>]+(?:property|name)\s*=\s*["']?(?:og|twitter|article|fb)[:.][^>]*>""", _FLAGS
)
_SCRIPT = re.compile(rb"<script[^>]*>.*?</script>", _FLAGS)
_META = re.compile(rb"<meta(?![^>]*charset)[^>]*>", _FLAGS)
_MICRODATA = re.compile(rb"\s(?:itemprop|itemtype|itemscope|property|typeof|rel)" + _QUOTED, _FLAGS)
_LABELS = re.compile(rb"""\s(?:class|id)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""", _FLAGS)
_TIME = re.compile(rb"(?P<tag></?)time\b[^>]*", _FLAGS)
_H1 = re.compile(rb"(?P<tag></?)h1\b", _FLAGS)


def _without(*taken: re.Pattern[bytes], h1: bool = True, time: bool = True) -> Callable[[bytes], bytes]:
    def taken_away(body: bytes) -> bytes:
        for pattern in taken:
            body = pattern.sub(b"", body)
        body = body if h1 else _H1.sub(rb"\g<tag>div", body)
        return body if time else _TIME.sub(rb"\g<tag>span", body)

    return taken_away


WHOLE = "as it is"
WAYS: Mapping[str, Callable[[bytes], bytes]] = {
    WHOLE: _without(),
    "no structured data or og": _without(_STRUCTURED, _SOCIAL),
    "no h1": _without(h1=False),
    "neither of these": _without(_STRUCTURED, _SOCIAL, h1=False),
    "no class or id": _without(_LABELS),
    "only what is seen": _without(_SCRIPT, _META, _MICRODATA, time=False),
}
"""Name -> what becomes of a page's bytes. An h1 becomes a div, a time element a span."""


def poorer(page: Page, way: str) -> Page:
    """The page as it would be without what this way takes."""
    return replace(page, body=WAYS[way](page.body))


def shares(gold: Path, directory: Directory, way: str) -> Iterator[tuple[str, float]]:
    """Each of the scorer's measures over all gold pages read this way: (its name, 0 to 1)."""
    score_page = import_module("score_pages").score_page
    found: dict[str, list[float]] = defaultdict(list)
    now = datetime.now(UTC)
    for row in rows_of(gold):
        read = extract(poorer(page_of(gold, row, now), way), directory)
        guess = prediction_of(str(row["id"]), read) if isinstance(read, Article) else {"id": row["id"]}
        for measure, value in score_page(row, guess).items():
            found[measure].append(value)
    yield from ((measure, sum(values) / len(values)) for measure, values in found.items())


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.poorer", description=__doc__)
    parser.add_argument("gold", type=Path, help="the folder that holds pages/ and score_pages.py")
    parser.add_argument("--alone", action="store_true", help="without the directory of outlets")
    parser.add_argument("--way", choices=WAYS, action="append", help="only this one; may be repeated")
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(options.gold))
    directory = Directory(()) if options.alone else outlets.load(SHIPPED)[0]
    for way in options.way or WAYS:
        told = ", ".join(f"{name} {share:.1%}" for name, share in shares(options.gold, directory, way))
        print(f"{way}: {told}", flush=True)


if __name__ == "__main__":
    main()
