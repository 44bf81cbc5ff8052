"""What commands print and write, whatever it is that they print and write to."""

import json
import os
import stat
import sys
from contextlib import suppress
from datetime import timedelta
from functools import partial
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from aggregator import runs
from aggregator.cli import main
from crawler.clock import read_clock
from demo.expected import expected
from tests.whole.commands import CAMPAIGN, DEMO, make_desk
from tests.whole.conftest import Road, Run

LONG = "http://nbcnews.example/a/very/long/address/of/a/feed/that/no/screen/of/eighty/columns/holds.xml"
GOOD = '[good]\nname = "Good"\ndomains = ["good.example"]\n'


def test_another_program_reads_a_line_a_row(run: Run) -> None:
    run("sources", "add", LONG)
    (row,) = [line for line in run("sources", "health").out.splitlines() if "a/very/long" in line]
    assert LONG in row and "not looked at yet" in row


@pytest.mark.parametrize("encoding", ["ascii", "iso-8859-1"])
def test_a_terminal_that_lacks_a_letter_shows_it_as_an_escape(
    run: Run, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    told = []
    for options in ((), ("--json",)):
        paper = BytesIO()
        monkeypatch.setattr(sys, "stdout", TextIOWrapper(paper, encoding))
        assert main(["--config", str(DEMO), *options, "desk", "queue", CAMPAIGN]) == 0
        sys.stdout.flush()
        told.append(paper.getvalue().decode(encoding))
    assert "\\u2018We Cannot Hide\\u2019" in told[0]
    assert any(entry["headline"].startswith("‘We Cannot Hide’") for entry in json.loads(told[1]))


def test_without_anything_to_print_to_a_command_does_what_it_does(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", None)  # as after `>&-`
    for typed in (("list", CAMPAIGN), ("campaigns", "show"), ("--json", "campaigns", "show")):
        assert main(["--config", str(DEMO), *typed]) == 0


@pytest.mark.parametrize("typed", ["desk queue", "campaigns show", "export --format html"])
def test_a_full_disk_behind_the_output_is_one_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    name, *options = typed.split(" --")
    with suppress(OSError), open("/dev/full", "w", encoding="utf-8") as full, monkeypatch.context() as m:
        m.setattr(sys, "stdout", full)
        said = run(*name.split(), CAMPAIGN, *(word for each in options for word in f"--{each}".split()))
    assert (said.code, said.err) == (1, "the system refuses: No space left on device\n")


def test_a_device_is_written_to_and_never_replaced(run: Run, tmp_path: Path) -> None:
    """As `--out /dev/stdout`, or `>(gzip > list.gz)`."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        run("desk", "accept", CAMPAIGN, expected().listed[0].url)
        assert run("export", CAMPAIGN, "--out", str(pipe)).code == 0
        assert os.read(reader, 10_000).decode().startswith(expected().listed[0].headline)
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_a_link_is_followed_to_where_the_website_wants_the_list(run: Run, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "list.html").write_text("old", encoding="utf-8")
    (tmp_path / "link.html").symlink_to(site / "list.html")
    assert run("export", CAMPAIGN, "--format", "html", "--out", str(tmp_path / "link.html")).code == 0
    assert (tmp_path / "link.html").is_symlink()
    assert (site / "list.html").read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize("typed", [("export", CAMPAIGN), ("decisions", "export"), ("sources", "export")])
def test_a_file_that_cannot_be_written_is_named_with_the_reason(
    run: Run, tmp_path: Path, typed: tuple[str, ...]
) -> None:
    (tmp_path / "loop").symlink_to("loop")
    for out in (tmp_path / "none" / "x", tmp_path, tmp_path / "loop" / "x"):
        said = run(*typed, "--out", str(out))
        assert said.code == 1
        assert said.err.startswith(f"{out}: it cannot be written: ")
        assert said.err.count("\n") == 1
    assert [path.name for path in tmp_path.rglob("*.part")] == []


def test_a_list_that_cannot_be_published_is_a_failure(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("INTHENEWS_EXPORTS", str(tmp_path / "file" / "exports"))
    said = run("publish")
    assert said.code == 1
    assert str(tmp_path / "file") in said.err


def test_a_page_that_cannot_be_had_is_no_success(run: Run) -> None:
    said = run("add", "http://nbcnews.example/never")
    assert (said.code, "1 gone" in said.out) == (3, True)


def test_a_job_tells_how_long_it_took(road: Road) -> None:
    an_hour_ago = read_clock() - timedelta(hours=1)
    for job in (runs.publish, runs.prune, runs.index, partial(runs.regroup, save=False)):
        report = job(road.house, an_hour_ago)
        assert report.ended - report.started >= timedelta(hours=1)


def test_the_settings_are_shown_one_by_one_and_no_password(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, "http://ana:sesame@127.0.0.1:9", GOOD)
    settings = desk.config / "settings.toml"
    box = '[watch]\ncountries = ["us", "ca"]\n[mailbox.alerts]\nhost = "imap.example.org"\nuser = "ana"\n'
    settings.write_text(settings.read_text(encoding="utf-8") + box, encoding="utf-8")
    secret = {"INTHENEWS_MAILBOX_ALERTS_PASSWORD": "abracadabra"}
    shown: dict[str, Any] = desk.run("--json", "config", "show", **secret).value
    assert shown["politeness.proxy"] == "http://ana:***@127.0.0.1:9"
    assert shown["watch.countries"] == ["US", "CA"]
    assert (shown["mailboxes.alerts.host"], shown["mailboxes.alerts.password"]) == ("imap.example.org", "***")
    table = desk.run("config", "show", **secret).out
    told = dict(line.split(maxsplit=1) for line in table.splitlines() if " " in line.strip())
    assert told["watch.countries"].strip() == "US, CA"
    assert (told["schedule.tick"].strip(), told["store.retention"].strip()) == ("1 s", "180 days")
    assert told["mailbox.alerts.every"].strip() == "30 min"
    assert not {"abracadabra", "sesame"} & set(table.replace(":", " ").replace("@", " ").split())


def test_a_first_configuration_is_made_where_the_configuration_is_looked_for(tmp_path: Path) -> None:
    assert main(["--config", str(tmp_path / "mine"), "init"]) == 0
    assert (tmp_path / "mine" / "settings.toml").exists()


def test_a_digest_of_nothing_is_shown_as_none(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTHENEWS_DATABASE", f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    assert run("digest", "--show").out == "Nothing is new at the desks: nobody would get a mail.\n"
