"""Gold folders made on the spot."""

import gzip
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Save = Callable[[Mapping[str, str]], Path]


@pytest.fixture(scope="session", name="save")
def save_pages(tmp_path_factory: pytest.TempPathFactory) -> Save:
    """Writes a folder of saved pages, given as address -> markup; their ids count from zero."""

    def save(pages: Mapping[str, str]) -> Path:
        gold = tmp_path_factory.mktemp("gold")
        (gold / "pages").mkdir()
        rows = [
            {"id": str(number), "url": url, "encoding": "utf-8", "html": f"{number}.html.gz"}
            for number, url in enumerate(pages)
        ]
        (gold / "pages" / "index.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
        for row, markup in zip(rows, pages.values(), strict=True):
            (gold / "pages" / row["html"]).write_bytes(gzip.compress(markup.encode()))
        return gold

    return save
