"""Predicts which addresses are one page: the key of every address in the gold pairs."""

import json
from collections.abc import Iterator
from pathlib import Path

from crawler import urls


def predict(gold: Path) -> Iterator[dict[str, str]]:
    """`{"url": …, "key": …}` for every address of `gold/urls`, in the form `score_urls.py` reads."""
    with (gold / "urls" / "pairs.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            pair = json.loads(line)
            for url in (pair["a"], pair["b"]):
                yield {"url": url, "key": urls.key(url)}
