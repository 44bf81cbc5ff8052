"""The peer of `benchmarks.replay`: news-please reads the addresses of a file, in its own environment.

`replay_peer.py ADDRESSES OUT` asks for all of them at once, as `from_urls` does, by the proxy of
the environment, and writes what it read: one JSON object a page.
"""

import json
import sys
from pathlib import Path

from newsplease import NewsPlease  # type: ignore[import-not-found]  # in its own environment only


def main() -> None:
    """Read every address; a page that it could not read has no title, date or text."""
    addresses = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    # Without a timeout the library loses every page; pictures are fetched by neither side.
    found = NewsPlease.from_urls(addresses, request_args={"timeout": 120}, fetch_images=False)
    with Path(sys.argv[2]).open("w", encoding="utf-8") as lines:
        for address in addresses:
            print(json.dumps(describe(address, found.get(address))), file=lines)


def describe(address: str, article: object) -> dict[str, object]:
    """What was read off one page."""
    date = getattr(article, "date_publish", None)
    return {
        "url": address,
        "headline": getattr(article, "title", None),
        "published": date.isoformat() if date else None,
        "authors": getattr(article, "authors", None),
        "language": getattr(article, "language", None),
        "characters": len(getattr(article, "maintext", None) or ""),
    }


if __name__ == "__main__":
    main()
