"""What the crawler's tests share: a loopback web and a notebook for what a sweep keeps."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crawler.loopback import Web
from tests.crawler.notebook import Notebook


@pytest.fixture
def web() -> Iterator[Web]:
    with Web().serving() as serving:
        yield serving


@pytest.fixture
def notebook(tmp_path: Path) -> Notebook:
    return Notebook(tmp_path)
