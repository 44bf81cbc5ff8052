"""The whole road, walked once for all tests of this folder: press, sweep, desk."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile

import pytest

from aggregator import runs, settings
from aggregator.cli import main
from aggregator.records import RunReport
from crawler.clock import read_clock
from demo.press import Press
from demo.sample import sample_press
from tests.whole.commands import DEMO, Said

Run = Callable[..., Said]


@dataclass(frozen=True)
class Road:
    """The running press, the house that swept it, how the sweep went, and its database as it was then."""

    press: Press
    house: runs.House
    report: RunReport
    swept: Path


@pytest.fixture(scope="package")
def press() -> Iterator[Press]:
    """The sample press on the air."""
    with sample_press().serving() as running:
        yield running


@pytest.fixture(scope="package")
def road(press: Press, tmp_path_factory: pytest.TempPathFactory) -> Road:
    """A fresh house after its first sweep of the whole press."""
    folder = tmp_path_factory.mktemp("road")
    house = open_demo_house(press, folder)
    report = runs.sweep(house, read_clock())
    house.store.backup(folder / "swept.sqlite3")
    return Road(press=press, house=house, report=report, swept=folder / "swept.sqlite3")


def open_demo_house(press: Press, folder: Path) -> runs.House:
    """A house on the demo's configuration, with its database and exports in this folder."""
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "INTHENEWS_PROXY": press.proxy_url,
        "INTHENEWS_DATABASE": f"sqlite:///{folder / 'news.sqlite3'}",
        "INTHENEWS_EXPORTS": str(folder / "exports"),
    }
    return runs.open_house(settings.load(DEMO, environment), read_clock())


@pytest.fixture
def run(
    road: Road, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """A command on a copy of the database that the sweep of the sample press filled."""
    database = tmp_path / "copy.sqlite3"
    copyfile(road.swept, database)
    monkeypatch.setenv("INTHENEWS_DATABASE", f"sqlite:///{database}")
    monkeypatch.setenv("INTHENEWS_EXPORTS", str(tmp_path / "exports"))
    monkeypatch.setenv("INTHENEWS_PROXY", road.press.proxy_url)

    def run_command(*arguments: str) -> Said:
        capsys.readouterr()
        code = main(["--config", str(DEMO), "--by", "ana", *arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        assert "\x1b" not in said.out + said.err
        return Said(code, said.out, said.err)

    return run_command


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share a sweep run in one worker, so that no road is walked twice (`--dist loadgroup`)."""
    here = Path(__file__).parent
    for item in items:
        if item.path.parent == here:
            shared = "road" in getattr(item, "fixturenames", ())
            item.add_marker(pytest.mark.xdist_group("road" if shared else item.path.stem))
