"""Configurations with mistakes in them, and commands that cannot begin: all is told, with what to do."""

import os
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aggregator.cli import main
from aggregator.store import campaigns
from aggregator.store.session import Store
from crawler.clock import read_clock
from tests.whole.commands import CAMPAIGN, make_desk
from tests.whole.conftest import Run


@pytest.fixture
def broken(tmp_path: Path) -> Iterator[Any]:
    """A configuration with a mistake of each kind in each kind of file."""
    desk = make_desk(tmp_path, "http://127.0.0.1:9", '[good]\nname = "Good"\ndomains = ["good.example"]\n')
    settings = desk.config / "settings.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('tick = "1 s"', "tick = 5\ntack = 1"))
    (desk.config / "outlets" / "wrong.toml").write_text(
        '[wrong]\nname = 5\ndomains = ["w.example"]\nfeed = []\n'
    )
    (desk.config / "outlets" / "broken.toml").write_text('[broken\nname = "x"\n')
    (desk.config / "campaigns" / "odd.toml").write_text('name = "Odd"\nrule = "a AND"\nstarts_on = "soon"\n')
    yield desk


def test_all_mistakes_of_all_files_are_told_at_once_with_file_and_line(broken: Any) -> None:
    for command in ("config check", "sweep", "doctor"):
        said = broken.run(*command.split())
        assert said.code == 78, said.err
        assert said.out == ""
        assert "Traceback" not in said.err
        for place in (
            "settings.toml:14: schedule.tick",
            "settings.toml:15: schedule.tack",
            "wrong.toml:2: wrong.name",
            "wrong.toml:4: wrong.feed",
            "broken.toml:1",
            "odd.toml:2: rule",
            "odd.toml:3: starts_on",
        ):
            assert place in said.err, (place, said.err)


def test_the_doctor_tells_of_a_contact_that_leads_nowhere_and_of_nothing_to_look_at(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, "http://127.0.0.1:9", '[good]\nname = "Good"\ndomains = ["good.example"]\n')
    said = desk.run("--json", "doctor")
    found = {each["subject"]: (each["well"], each["word"]) for each in said.value}
    assert said.code == 1
    assert found["contact"][0] is False and "say in [who]" in found["contact"][1]
    assert found["sources"][0] is False and "nothing is looked at" in found["sources"][1]
    settings = desk.config / "settings.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("press@localprogress.example", "press@example.org"), encoding="utf-8")
    assert {each["subject"]: each["well"] for each in desk.run("--json", "doctor").value}["contact"]


def test_an_outlet_to_watch_that_no_file_knows_is_told(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, "http://127.0.0.1:9", '[good]\nname = "Good"\ndomains = ["good.example"]\n')
    settings = desk.config / "settings.toml"
    settings.write_text(f'{settings.read_text(encoding="utf-8")}[watch]\noutlets = ["good", "godo"]\n')
    for command in ("config check", "doctor"):
        said = desk.run(*command.split())
        assert said.code == 78
        assert said.err.startswith(f"{settings}:17: watch.outlets: no outlet 'godo' is in")


@pytest.mark.parametrize("command", ["serve", "up"])
def test_a_port_that_somebody_has_is_told_before_anything_is_begun(tmp_path: Path, command: str) -> None:
    desk = make_desk(tmp_path, "http://127.0.0.1:9", '[good]\nname = "Good"\ndomains = ["good.example"]\n')
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = desk.run(command, INTHENEWS_PORT=str(port))
    assert said.code == 1
    assert said.err.startswith(f"127.0.0.1:{port} is taken; is `inthenews up` running already?")
    assert said.err.count("\n") == 1


def test_a_configuration_that_is_not_there_says_what_to_do(tmp_path: Path, run: Run) -> None:
    nowhere = str(tmp_path / "none")
    said = run("--config", nowhere, "sweep")
    assert said.code == 78
    assert said.err.startswith(f"{nowhere}: there is no such folder; `inthenews init` makes it")


def test_a_database_that_does_not_answer_is_a_reason_to_try_again(run: Run, monkeypatch: Any) -> None:
    monkeypatch.setenv("INTHENEWS_DATABASE", "postgresql+psycopg://nobody@127.0.0.1:9/none")
    said = run("list", CAMPAIGN)
    assert said.code == 75
    assert len(said.err.strip().splitlines()) == 1


def test_a_first_configuration_is_made_and_is_in_order(run: Run, tmp_path: Path) -> None:
    folder = str(tmp_path / "mine")
    assert "Now say who you are" in run("init", folder).out
    assert main(["--config", folder, "config", "check"]) == 0


def test_the_doctor_tells_of_a_campaign_whose_languages_nobody_writes_in(run: Run) -> None:
    store = Store.create(os.environ["INTHENEWS_DATABASE"])
    with store.writing() as c:
        known = campaigns.get(c, CAMPAIGN)
        campaigns.save(c, replace(known, languages=("en, es",)), "ana", read_clock())  # as older versions did
    store.close()
    found = {each["subject"]: (each["well"], each["word"]) for each in run("--json", "doctor").value}
    assert found["campaigns"] == (
        False,
        f"{CAMPAIGN}; {CAMPAIGN}: 'en, es' is no code of a language; write it as in 'en' or 'es'",
    )
