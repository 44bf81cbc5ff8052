"""The whole road, walked once for all tests of this folder: press, sweep, desk."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from aggregator import runs, settings
from aggregator.records import RunReport
from crawler.clock import read_clock
from demo.press import Press
from demo.sample import sample_press

DEMO = Path(__file__).parent.parent.parent / "demo" / "config"


@dataclass(frozen=True)
class Road:
    """The running press, the house that swept it, and how the sweep went."""

    press: Press
    house: runs.House
    report: RunReport


@pytest.fixture(scope="package")
def press() -> Iterator[Press]:
    """The sample press on the air."""
    with sample_press().serving() as running:
        yield running


@pytest.fixture(scope="package")
def road(press: Press, tmp_path_factory: pytest.TempPathFactory) -> Road:
    """A fresh house after its first sweep of the whole press."""
    house = open_demo_house(press, tmp_path_factory.mktemp("road"))
    report = runs.sweep(house, read_clock())
    return Road(press=press, house=house, report=report)


def open_demo_house(press: Press, folder: Path) -> runs.House:
    """A house on the demo's configuration, with its database and exports in this folder."""
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "INTHENEWS_PROXY": press.proxy_url,
        "INTHENEWS_DATABASE": f"sqlite:///{folder / 'news.sqlite3'}",
        "INTHENEWS_EXPORTS": str(folder / "exports"),
    }
    return runs.open_house(settings.load(DEMO, environment), read_clock())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share a sweep run in one worker, so that no road is walked twice (`--dist loadgroup`)."""
    here = Path(__file__).parent
    for item in items:
        if item.path.parent == here:
            shared = "road" in getattr(item, "fixturenames", ())
            item.add_marker(pytest.mark.xdist_group("road" if shared else item.path.stem))
