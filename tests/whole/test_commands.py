"""Every command, as a team types it: what it prints, what machines get, and how it ends."""

import json
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from typer.main import get_command

from aggregator import exports
from aggregator.cli.commands import app
from aggregator.review import people
from aggregator.settings import load as load_settings
from aggregator.store.session import Store
from crawler.clock import read_clock
from demo.expected import expected
from tests.whole.commands import CAMPAIGN, DEMO, SAVED, SEED
from tests.whole.conftest import Run

FIRST, SECOND, THIRD = (entry.url for entry in expected().listed[:3])
OWN = expected().own[0]


@dataclass(frozen=True)
class Case:
    """What is typed, how it ends, and a word that people read then."""

    typed: tuple[str, ...]
    word: str
    code: int = 0


QUESTIONS = (
    Case(("list", CAMPAIGN), "Nothing is accepted yet"),
    Case(("coverage", CAMPAIGN), "one way only (the outlets' own lists)"),
    Case(("proofread", CAMPAIGN, SEED), "nothing was decided or published", 3),
    Case(("desk", "queue", CAMPAIGN), "24 waiting"),
    Case(("desk", "history"), "Nobody has decided anything yet"),
    Case(("desk", "disputes"), "Nobody decided otherwise"),
    Case(("campaigns", "show"), "Seeking Sanctuary Convening"),
    Case(("campaigns", "show", CAMPAIGN), 'hashtags = ["#SeekingSanctuary"]'),
    Case(("campaigns", "versions", CAMPAIGN), "campaign file"),
    Case(("campaigns", "try", '"Local Progress"'), "articles"),
    Case(("campaigns", "try", '"Local Progress"', SAVED), "1 of 2 articles, 1 names us"),
    Case(("campaigns", "end", CAMPAIGN), "takes it up again"),
    Case(("campaigns", "resume", CAMPAIGN), "rematch"),
    Case(("why", FIRST), "waiting"),
    Case(("why", OWN), "own domain"),
    Case(("why", "http://nobody.example/x"), "no outlet we know has this address"),
    Case(("why", "http://nbcnews.example/never"), "no source ever pointed to it"),
    Case(("rematch", CAMPAIGN), "nothing saved"),
    Case(("regroup",), "nothing saved"),
    Case(("prune",), "prune"),
    Case(("publish",), "publish"),
    Case(("check-links",), "check links: nothing to do"),
    Case(("digest", "--show"), "At sanctuary cities"),
    Case(("config", "check"), "everything is in order"),
    Case(("config", "show"), "organisation"),
    Case(("db", "upgrade"), "is at"),
    Case(("db", "index"), "index: nothing to do"),
    Case(("sources", "health"), "http://nbcnews.example/rss/latest.xml"),
    Case(("sources", "search", "local progress", "--service", "gdelt"), "query=local%20progress"),
    Case(("sources", "proposals"), "No source is proposed for removal"),
    Case(("sources", "watch", "http://nbcnews.example"), "added feed"),
    Case(("sources", "links", "nbcnews.example"), "were articles"),
    Case(("doctor",), "database"),
    Case(("sources", "discover", "http://nbcnews.example"), "inthenews sources add"),
    Case(("sources", "add", "http://nbcnews.example/other.xml"), "added feed"),
    Case(("sources", "pause", "http://nbcnews.example/rss/latest.xml"), "paused"),
    Case(("sources", "resume", "http://nbcnews.example/rss/latest.xml"), "again"),
    Case(("desk", "accept", CAMPAIGN, FIRST, SECOND), "takes it back"),
    Case(("desk", "reject", CAMPAIGN, FIRST), "takes it back"),
    Case(("desk", "later", CAMPAIGN, FIRST), "takes it back"),
    Case(("desk", "star", CAMPAIGN, FIRST), "takes it back"),
    Case(("desk", "reorder", CAMPAIGN, FIRST, SECOND), "takes it back"),
    Case(("desk", "correct", CAMPAIGN, FIRST, "--headline", "Right"), "takes it back"),
    Case(("desk", "merge", FIRST, SECOND), "takes it back"),
    Case(("desk", "keep-apart", FIRST, SECOND), "takes it back"),
    Case(("desk", "unrelated", FIRST, SECOND), "takes it back"),
    Case(("desk", "show", CAMPAIGN, FIRST), "takes it back"),
    Case(("add", FIRST), "add:"),
    Case(("backfill", "/nowhere/x.warc.gz"), "1 source failed", 3),
    Case(("users", "list"), "Nobody has a login yet"),
    Case(("users", "invite", "editor"), "/welcome?token="),
)
MAY_FAIL = {"health": {0, 3}, "doctor": {0, 1}}


@pytest.mark.parametrize("case", QUESTIONS, ids=lambda case: " ".join(case.typed)[:40])
def test_each_command_speaks_to_people_and_to_machines(run: Run, case: Case) -> None:
    allowed = MAY_FAIL.get(case.typed[-1], {case.code})
    said = run(*case.typed)
    assert said.code in allowed, said.err
    assert case.word in said.out
    machine = run("--json", *case.typed)
    assert machine.code in allowed
    assert isinstance(json.loads(machine.out), dict | list)


MISTAKES = (
    Case(("nonsense",), "No such command", 2),
    Case(("sweep", "--nonsense"), "No such option", 2),
    Case(("export", CAMPAIGN, "--format", "nope"), "is no format; choose one of", 2),
    Case(("desk", "undo", "many"), "valid integer", 2),
    Case(("list", "nope"), "there is no campaign 'nope'", 1),
    Case(("coverage", "nope"), "there is no campaign 'nope'", 1),
    Case(("proofread", "nope", SEED), "there is no campaign 'nope'", 1),
    Case(("proofread", CAMPAIGN, "/nowhere/page.html"), "cannot be read", 1),
    Case(("proofread", CAMPAIGN, str(DEMO / "settings.toml")), "No lines were found", 1),
    Case(("proofread", CAMPAIGN, "https://us.example/in-the-news"), "is not fetched", 2),
    Case(("export", "nope"), "there is no campaign 'nope'", 1),
    Case(("desk", "queue", "nope"), "there is no campaign 'nope'", 1),
    Case(("desk", "accept", "nope", FIRST), "there is no campaign 'nope'", 1),
    Case(("desk", "accept", CAMPAIGN, "http://nobody.example/x"), "no article is known at", 1),
    Case(("desk", "undo", "99"), "there is no decision 99", 1),
    Case(("desk", "undo", "9" * 20), "less than or equal to", 2),
    Case(("desk", "queue", CAMPAIGN, "--limit", "-1"), "greater than or equal to 1", 2),
    Case(("sources", "watch", "http://nbcnews.example", "--most", "0"), "greater than or equal to 1", 2),
    Case(("desk", "split", FIRST), "is alone in its story", 1),
    Case(("desk", "correct", CAMPAIGN, FIRST, "--date", "yesterday"), "yesterday", 1),
    Case(("desk", "correct", CAMPAIGN, FIRST), "say what to correct: --headline", 2),
    Case(("desk", "merge", CAMPAIGN, FIRST, SECOND), f"{CAMPAIGN!r} is no web address", 1),
    Case(("campaigns", "show", "nope"), "there is no campaign 'nope'", 1),
    Case(("campaigns", "versions", "nope"), "there is no campaign 'nope'", 1),
    Case(("campaigns", "export", "nope"), "there is no campaign 'nope'", 1),
    Case(("campaigns", "end", "nope"), "there is no campaign 'nope'", 1),
    Case(("campaigns", "resume", "nope"), "there is no campaign 'nope'", 1),
    Case(("decisions", "export", "nope"), "there is no campaign 'nope'", 1),
    Case(("decisions", "import", "/nowhere/x.jsonl"), "cannot be read", 1),
    Case(("campaigns", "try", "Local AND"), "column", 1),
    Case(("campaigns", "add", "/nowhere/x.toml"), "/nowhere/x.toml", 78),
    Case(("rematch", "nope"), "there is no campaign 'nope'", 1),
    Case(("sources", "add", "nbcnews.example/feed"), "must begin with http", 1),
    Case(("sources", "add", "http://"), "is no web address", 1),
    Case(("sources", "add", "http://x.example/\udcff"), "is no web address", 1),
    Case(("sources", "add", "http://x.example/", "--outlet", "nope"), "no outlet 'nope'", 1),
    Case(("sources", "add", "http://x.example/", "--kind", "nope"), "nope", 2),
    Case(("sources", "remove", "http://x.example/"), "no source has the address", 1),
    Case(("sources", "search", "x", "--service", "altavista"), "is no service", 2),
    Case(("sources", "search", " "), "is nothing to search for", 2),
    Case(("sources", "search", "x\udcff"), "is nothing to search for", 2),
    Case(("sources", "refuse", "x.example"), "is not proposed", 1),
    Case(("sources", "reconsider", "x.example"), "nobody refused", 1),
    Case(("sources", "pause", "http://x.example/"), "no source has the address", 1),
    Case(("sources", "stay", "http://x.example/"), "no source has the address", 1),
    Case(("sources", "follow", "http://x.example/"), "no source has the address", 1),
    Case(("sources", "import", "/nowhere/x.opml"), "cannot be read", 1),
    Case(("sources", "discover", "ftp://x.example"), "no web address", 1),
    Case(("sources", "discover", "http://[::1"), "no web address", 1),
    Case(("sources", "discover", ""), "no web address", 1),
    Case(("db", "restore", "/nowhere/x.sqlite3"), "there is no such backup", 1),
    Case(("users", "invite", "king"), "'king' is no role", 1),
    Case(("users", "role", "nobody", "viewer"), "there is nobody called 'nobody'", 1),
    Case(("users", "password", "nobody"), "there is nobody called 'nobody'", 1),
    Case(("users", "remove", "nobody"), "there is nobody called 'nobody'", 1),
)


@pytest.mark.parametrize("case", MISTAKES, ids=lambda case: " ".join(case.typed)[:40])
def test_a_mistake_is_told_on_stderr_with_its_exit_code(run: Run, case: Case) -> None:
    said = run(*case.typed)
    assert said.code == case.code, said.err
    assert case.word in said.err
    assert said.out == ""
    if said.code == 1:
        assert len(said.err.strip().splitlines()) == 1


def test_no_command_is_left_out_of_these_tests() -> None:
    tried = {case.typed[:2] for case in (*QUESTIONS, *MISTAKES)} | {case.typed[:1] for case in QUESTIONS}
    elsewhere: set[tuple[str, ...]] = {("init",), ("up",), ("sweep",), ("schedule",), ("serve",), ("export",)}
    elsewhere |= {("db", "backup"), ("campaigns", "edit"), ("campaigns", "import"), ("sources", "export")}
    commands = get_command(app).commands  # type: ignore[attr-defined]
    known: set[tuple[str, ...]] = set()
    for name, command in commands.items():
        inner = getattr(command, "commands", None)
        known |= {(name, each) for each in inner} if inner else {(name,)}
    assert known - elsewhere - tried == set()


def test_no_password_is_shown_with_the_settings(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTHENEWS_PROXY", "http://ana:s3cret@proxy.example:3128")
    said = run("config", "show")
    assert "http://ana:***@proxy.example:3128" in said.out
    assert "s3cret" not in said.out + run("--json", "config", "show").out


@pytest.mark.parametrize("form", sorted(exports.formats()))
def test_every_format_is_written_whole_to_a_file(run: Run, tmp_path: Path, form: str) -> None:
    run("desk", "accept", CAMPAIGN, FIRST)
    target = tmp_path / f"list.{form}"
    assert run("export", CAMPAIGN, "--format", form, "--out", str(target)).code == 0
    assert target.stat().st_size > 0


def test_decisions_by_command_make_the_list_and_are_taken_back(run: Run) -> None:
    run("desk", "accept", CAMPAIGN, FIRST, SECOND)
    run("desk", "correct", CAMPAIGN, FIRST, "--headline", "The right headline", "--date", "2017-03-29")
    outlet = expected().listed[0].outlet
    assert run("list", CAMPAIGN).out.startswith(f"The right headline\n{outlet}, 3.29.2017\n")
    history = run("--json", "desk", "history").value
    assert [each["verdict"] for each in history] == ["correct", "accept"]
    run("desk", "undo", str(history[0]["id"]))
    assert "The right headline" not in run("list", CAMPAIGN).out
    run("desk", "undo", str(history[1]["id"]))
    assert "Nothing is accepted yet" in run("list", CAMPAIGN).out


def test_decisions_written_to_a_file_are_taken_in_where_they_are_not_yet(run: Run, tmp_path: Path) -> None:
    backup, file = str(tmp_path / "backup.sqlite3"), tmp_path / "decisions.jsonl"
    run("db", "backup", backup)
    run("desk", "accept", CAMPAIGN, FIRST)
    run("desk", "merge", FIRST, SECOND)
    told = run("list", CAMPAIGN).out
    assert run("decisions", "export", "--out", str(file)).code == 0
    assert "2 were here" in run("decisions", "import", str(file)).out
    run("db", "restore", backup)
    assert "Nothing is accepted yet" in run("list", CAMPAIGN).out
    assert run("--json", "decisions", "import", str(file)).value == {"new": 2, "known": 0, "missing": []}
    assert run("list", CAMPAIGN).out == told
    assert "put together by hand" in run("desk", "disputes").out
    assert "put together by hand" in run("desk", "queue", CAMPAIGN, "--status", "accepted").out


def test_sources_written_to_a_list_are_taken_in_from_it(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "sources.opml"
    assert run("sources", "export", "--out", str(file)).code == 0
    other = file.read_text(encoding="utf-8").replace("/rss/latest.xml", "/rss/other.xml")
    file.write_text(other, encoding="utf-8")
    assert run("--json", "sources", "import", str(file)).value["problems"] == []
    assert "http://nbcnews.example/rss/other.xml" in run("sources", "health").out


def test_somebody_invited_by_command_gets_another_role_a_new_password_and_is_removed(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load_settings(DEMO)
    store = Store.open(settings.database)
    token = run("users", "invite", "admin").out.strip().partition("token=")[2]
    people.welcome(store, token, "Ana", "four random words here", read_clock())
    token = run("users", "invite", "editor").out.strip().partition("token=")[2]
    people.welcome(store, token, "Ben", "four other words here", read_clock())
    assert run("users", "role", "Ben", "viewer").out == "Ben is viewer now\n"
    monkeypatch.setattr("sys.stdin", StringIO("a wholly new password\n" * 2))
    assert run("users", "password", "Ben").out == "Ben has a new password\n"
    assert people.log_in(store, "Ben", "a wholly new password", "127.0.0.1", read_clock())
    listed = run("--json", "users", "list").value
    assert [(user["name"], user["role"]) for user in listed] == [("Ana", "admin"), ("Ben", "viewer")]
    assert "is the only admin" in run("users", "remove", "Ana").err
    assert run("users", "remove", "Ben").code == 0
    assert "Ben" not in run("users", "list").out


def test_a_backup_is_restored(run: Run, tmp_path: Path) -> None:
    backup = str(tmp_path / "backup.sqlite3")
    assert run("db", "backup", backup).code == 0
    again = run("db", "backup", backup)
    assert (again.code, "there is something already" in again.err) == (1, True)
    run("desk", "accept", CAMPAIGN, FIRST)
    assert run("db", "restore", backup).code == 0
    assert "Nothing is accepted yet" in run("list", CAMPAIGN).out


def test_what_people_wished_of_stories_outlives_restoring_and_grouping_anew(run: Run, tmp_path: Path) -> None:
    backup = str(tmp_path / "backup.sqlite3")
    story = next(story for story in expected().stories if len(story.copies) > 1)
    original, copy = str(story.original or story.copies[0]), str(story.copies[1])
    run("desk", "accept", CAMPAIGN, FIRST, SECOND, original)
    run("desk", "merge", FIRST, SECOND)
    run("desk", "show", CAMPAIGN, SECOND)
    run("desk", "keep-apart", original, copy)
    listed = run("list", CAMPAIGN).out
    assert listed.count("\n\n") == 2
    assert run("db", "backup", backup).code == 0
    for decision in run("--json", "desk", "history").value[:3]:
        run("desk", "undo", str(decision["id"]))
    assert run("list", CAMPAIGN).out != listed
    assert run("db", "restore", backup).code == 0
    assert run("list", CAMPAIGN).out == listed
    assert run("--json", "regroup", "--save").code == 0
    assert run("list", CAMPAIGN).out == listed
