"""Outlet files are read whole or refused with every mistake named."""

import gc
import pickle
from pathlib import Path

import pytest

from crawler.errors import ConfigError
from crawler.outlets import Directory, load, source_id
from crawler.records import Outlet, SourceKind

GOOD = """
[nbc-news]
name = "NBC News"
domains = ["nbcnews.com"]
scope = "national"
language = "en"
country = "US"
timezone = "America/New_York"
feeds = ["https://feeds.nbcnews.com/news"]
every = "10 min"

[guardian-australia]
name = "Guardian Australia"
domains = ["theguardian.com/australia-news"]

[guardian]
name = "The Guardian"
domains = ["theguardian.com", "guardian.co.uk"]
"""


def write(folder: Path, text: str, name: str = "us.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_an_outlet_file_gives_outlets_and_their_sources(tmp_path: Path) -> None:
    directory, sources = load(write(tmp_path, GOOD))
    assert [outlet.name for outlet in directory] == ["NBC News", "Guardian Australia", "The Guardian"]
    assert [(source.outlet, source.kind, source.url) for source in sources] == [
        ("nbc-news", SourceKind.FEED, "https://feeds.nbcnews.com/news")
    ]
    assert sources[0].every and sources[0].every.total_seconds() == 600
    assert sources[0].id == source_id(SourceKind.FEED, "https://feeds.nbcnews.com/news")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.nbcnews.com/news/latino/x-n739681", "NBC News"),
        ("http://feeds.nbcnews.com:80/x", "NBC News"),
        ("nbcnews.com", "NBC News"),
        ("https://www.theguardian.com/australia-news/2017/mar/28/x", "Guardian Australia"),
        ("https://www.theguardian.com/australia-newsroom/x", "The Guardian"),
        ("https://amp.guardian.co.uk/x", "The Guardian"),
        ("https://notnbcnews.com/x", None),
        ("https://nbcnews.com.evil.example/x", None),
        ("http://[broken", None),
        ("", None),
    ],
)
def test_an_address_belongs_to_the_nearest_outlet(tmp_path: Path, url: str, name: str | None) -> None:
    directory, _ = load(write(tmp_path, GOOD))
    found = directory.find(url)
    assert (found.name if found else None) == name


def test_every_mistake_in_every_file_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    write(tmp_path, '[a-b]\nname = "A"\ndomains = ["a.com"]\nlanguege = "en"\nfeeds = "x"\n', "a.toml")
    write(tmp_path, '[c]\nname = 5\ndomains = ["http://c.com"]\nscope = "nationl"\n', "b.toml")
    write(tmp_path, '[d]\nname = "D\n', "c.toml")
    write(tmp_path, '[e]\nname = "E"\ndomains = ["a.com"]\ntimezone = "Mars/Base"\n', "d.toml")
    with pytest.raises(ConfigError) as error:
        load(tmp_path)
    lines = str(error.value).replace(str(tmp_path) + "/", "").splitlines()
    assert lines == [
        "a.toml:4: a-b.languege: unknown key; did you mean 'language'?",
        'a.toml:5: a-b.feeds: must be a list of texts such as ["one", "two"], not a text',
        "b.toml:2: c.name: must be a text in quotes, not a number",
        "b.toml:3: c.domains: 'http://c.com' is no domain; write it without http:// as in example.com",
        "b.toml:4: c.scope: must be one of national, local, wire, trade, blog, press-release, "
        "not 'nationl'; did you mean 'national'?",
        "c.toml:2: broken TOML: Illegal character '\\n' (column 10)",
        "d.toml:3: e.domains: a.com belongs to 'a-b' already; keep it at one outlet",
        "d.toml:4: e.timezone: 'Mars/Base' is no time zone; write it as in \"America/New_York\"",
    ]


def test_an_unreadable_file_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b'[x]\nname = "caf\xe9"\n')
    with pytest.raises(ConfigError, match=r"latin.toml:2: is not UTF-8"):
        load(tmp_path)


def test_an_empty_directory_knows_nobody() -> None:
    assert Directory().find("https://nbcnews.com/") is None
    assert len(Directory([Outlet(slug="a", name="A", domains=("a.com",))])) == 1


def test_an_outlet_says_that_its_pages_must_be_drawn(tmp_path: Path) -> None:
    write(tmp_path, '[app]\nname = "App"\ndomains = ["app.example"]\nrendered = true\n')
    write(tmp_path, '[plain]\nname = "Plain"\ndomains = ["plain.example"]\n', "plain.toml")
    directory, _ = load(tmp_path)
    assert [(outlet.slug, outlet.rendered) for outlet in directory] == [("plain", False), ("app", True)]


def test_a_directory_is_the_same_in_another_process(tmp_path: Path) -> None:
    directory, _ = load(write(tmp_path, GOOD))
    handed_over = pickle.loads(pickle.dumps(directory))
    assert list(handed_over) == list(directory)
    found = handed_over.find("https://www.theguardian.com/australia-news/x")
    assert found == directory.named("guardian-australia")


@pytest.mark.parametrize("is_on", [True, False])
def test_the_collector_is_left_as_it_was_even_by_a_broken_file(tmp_path: Path, is_on: bool) -> None:
    was_on = gc.isenabled()
    (gc.enable if is_on else gc.disable)()
    try:
        load(write(tmp_path, GOOD))
        assert gc.isenabled() is is_on
        with pytest.raises(ConfigError):
            load(write(tmp_path, "[broken"))
        assert gc.isenabled() is is_on
    finally:
        (gc.enable if was_on else gc.disable)()


def test_what_would_leave_an_outlet_without_a_name_or_unwatched_is_a_mistake(tmp_path: Path) -> None:
    table = '[ours]\nname = ""\ndomains = ["ours.example"]\ncountry = "UK"\nfeeds = ["http://"]\n'
    with pytest.raises(ConfigError) as error:
        load(write(tmp_path, table))
    assert [(each.line, each.key) for each in error.value.complaints] == [
        (2, "ours.name"),
        (4, "ours.country"),
        (5, "ours.feeds"),
    ]


def test_a_country_may_be_written_small(tmp_path: Path) -> None:
    directory, _ = load(write(tmp_path, GOOD.replace('"US"', '"us"')))
    assert next(outlet.country for outlet in directory) == "US"
