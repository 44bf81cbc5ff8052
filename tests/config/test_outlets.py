"""The directory of outlets: the files hold what the facts say, and the facts hold together."""

import dataclasses
from pathlib import Path

import pytest

from crawler.outlets import Directory, load
from tools import make_outlets
from tools.outlet_checks import Row, complaints

SOUND = Row(
    place="us.tsv:2",
    slug="nbc-news",
    name="NBC News",
    domains=("nbcnews.com",),
    former_names=(),
    scope="national",
    language="en",
    country="US",
    timezone="America/New_York",
    feeds=("https://feeds.nbcnews.com/nbcnews/public/news",),
    sitemaps=(),
    sections=(),
)


@pytest.fixture(scope="module")
def directory() -> Directory:
    return load(make_outlets.DIRECTORY)[0]


def test_the_files_are_what_the_script_writes() -> None:
    wanted = make_outlets.files()
    assert {path.name for path in make_outlets.DIRECTORY.glob("*.toml")} == {path.name for path in wanted}
    stale = [path.name for path, text in wanted.items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "run python -m tools.make_outlets"


def test_the_whole_world_is_there_and_most_of_the_local_press_of_the_us(directory: Directory) -> None:
    assert len(directory) >= 14_000
    assert len({outlet.country for outlet in directory}) >= 200
    assert sum(outlet.country == "US" and outlet.scope == "local" for outlet in directory) >= 3500


def test_every_outlet_is_told_in_full(directory: Directory) -> None:
    keys = ("name", "domains", "scope", "language", "country", "timezone")
    assert [o.slug for o in directory if not all(getattr(o, key) for key in keys)] == []


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://nextcity.org/daily/entry/a-story", "Next City"),
        ("http://www.commondreams.org/news/2017/03/28/a-story", "Common Dreams"),
        ("https://www.nbcnews.com/news/us-news/a-story-n1", "NBC News"),
        ("https://www.democracynow.org/2017/3/28/headlines/a_story", "Democracy Now!"),
        ("http://edition.cnn.com/2017/03/28/politics/a-story/index.html", "CNN"),
        ("http://observer.com/2017/03/a-story/", "Observer"),
        ("http://fusion.net/a-story-1", "Fusion"),
        ("http://fusion.kinja.com/a-story-1", "Fusion"),
        ("https://splinternews.com/a-story-1", "Splinter"),
        ("http://www.huffingtonpost.com/entry/a-story", "HuffPost"),
        ("http://www.nydailynews.com/news/politics/a-story", "New York Daily News"),
        ("http://www.univision.com/noticias/una-historia", "Univision"),
        ("http://nypost.com/2017/03/27/a-story/", "New York Post"),
        ("http://www.politico.com/story/2017/03/a-story", "Politico"),
    ],
)
def test_the_seed_pages_outlets_are_known_by_their_addresses(
    directory: Directory, url: str, name: str
) -> None:
    found = directory.find(url)
    assert found is not None and found.name == name


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://www.politico.com/states/new-york/albany/story/2017/03/x", "Politico New York"),
        ("https://voicesofny.org/2017/03/x/", "Voices of NY"),
        ("http://manhattantimesnews.com/x/", "Manhattan Times"),
        ("https://www.newsmax.com/amp/politics/x", "Newsmax"),
        ("http://rochesterlavoz.com/x", "Rochester La Voz"),
        ("http://www.fox5ny.com/news/x", "FOX 5 New York"),
        ("http://fox61.com/2017/03/28/x/", "FOX61"),
        ("http://www.khq.com/story/x", "KHQ"),
        ("http://www.wbrz.com/news/x/", "WBRZ"),
        ("https://www.winnipegfreepress.com/x.html", "Winnipeg Free Press"),
        ("https://observer.co.uk/news/x", "The Observer"),
        ("https://www.bbc.com/news/x", "BBC News"),
        ("https://www.bbc.co.uk/news/x", "BBC News"),
    ],
)
def test_their_neighbours_are_told_apart(directory: Directory, url: str, name: str) -> None:
    found = directory.find(url)
    assert found is not None and found.name == name


@pytest.mark.parametrize(
    ("url", "name", "language"),
    [
        ("https://www.bbc.com/mundo/noticias-x", "BBC News Mundo", "es"),
        ("https://www.bbc.com/vietnamese/articles/x", "BBC News Tiếng Việt", "vi"),
        ("https://www.bbc.com/travel/article/x", "BBC Travel", "en"),
        ("https://learningenglish.voanews.com/a/x", "VOA Learning English", "en"),
        ("https://www.voaafrique.com/a/x", "VOA Afrique", "fr"),
        ("https://krymr.com/a/x", "Крим.Реалії", "uk"),
        ("https://de.rt.com/x", "RT DE", "de"),
        ("https://www.xinhuanet.com/english/2020-01/01/c_1.htm", "Xinhua", "en"),
        ("http://www.xinhuanet.com/2020-01/01/c_1.htm", "新华网", "zh"),
        ("https://www.aljazeera.net/news/x", "الجزيرة", "ar"),
        ("https://indianexpress.com/article/x", "The Indian Express", "en"),
        ("https://www.iranintl.com/en/x", "Iran International", "en"),
    ],
)
def test_editions_of_a_house_are_told_apart(directory: Directory, url: str, name: str, language: str) -> None:
    found = directory.find(url)
    assert found is not None and (found.name, found.language) == (name, language)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.therebel.media/x", "The Rebel"),
        ("https://www.rebelnews.com/x", "Rebel News"),
        ("https://www.francebleu.fr/infos/x", "France Bleu"),
        ("https://www.ici.fr/infos/x", "ici"),
        ("https://www.nextinpact.com/article/1/x", "Next INpact"),
        ("https://www.lci.fr/x.html", "LCI"),
        ("https://supchina.com/x", "SupChina"),
    ],
)
def test_an_address_that_had_its_own_brand_keeps_it(directory: Directory, url: str, name: str) -> None:
    found = directory.find(url)
    assert found is not None and found.name == name


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"slug": "NBC News"}, "must be lower-case letters, digits and hyphens"),
        ({"name": "NBC News | Breaking News"}, "is no tidy name"),
        ({"former_names": ("NBC News",)}, "is both the name and a former one"),
        ({"domains": ()}, "has no domain"),
        ({"domains": ("nbcnews",)}, "is no domain such as example.com"),
        ({"domains": ("co.uk",)}, "is no domain such as example.com"),
        ({"domains": ("nbcnews.com/?page",)}, "has an odd path"),
        ({"scope": "local-tv"}, "scope 'local-tv' is none of"),
        ({"language": "english"}, "is no ISO 639-1 code"),
        ({"country": "UK"}, "is no ISO 3166 code"),
        ({"timezone": "Europe/Berlin"}, "is none of US's"),
        ({"feeds": ("ftp://nbcnews.com/feed",)}, "is no http(s) address"),
    ],
)
def test_a_wrong_fact_is_told_with_its_place(change: dict[str, object], complaint: str) -> None:
    [told] = complaints([dataclasses.replace(SOUND, **change)])  # type: ignore[arg-type]
    assert told.startswith("us.tsv:2: ") and complaint in told


def test_a_sound_row_has_no_complaints() -> None:
    assert complaints([SOUND]) == []


@pytest.mark.parametrize("column", ["slug", "domains", "feeds"])
def test_what_two_outlets_claim_is_told(column: str) -> None:
    other = Row(
        place="us.tsv:3",
        slug="cnbc",
        name="CNBC",
        domains=("cnbc.com",),
        former_names=(),
        scope="national",
        language="en",
        country="US",
        timezone="America/New_York",
        feeds=(),
        sitemaps=(),
        sections=(),
    )
    assert complaints([SOUND, other]) == []
    clash = dataclasses.replace(other, **{column: getattr(SOUND, column)})
    [told] = complaints([SOUND, clash])
    assert told.startswith("us.tsv:3: ") and "stands at us.tsv:2 already" in told


def test_a_line_with_a_column_too_few_is_refused(tmp_path: Path) -> None:
    facts = tmp_path / "x.tsv"
    facts.write_text("\t".join(make_outlets.COLUMNS) + "\nnbc-news\tNBC News\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"x.tsv:2: has 2 columns, not 12"):
        make_outlets.read(facts)


def test_names_with_quotes_and_accents_survive_the_writing(tmp_path: Path) -> None:
    odd = dataclasses.replace(SOUND, name='El "Diario" de Cádiz \\ Ñ', former_names=("Ünïcode ’n’ more",))
    (tmp_path / "x.toml").write_text(make_outlets.write("x", [odd]), encoding="utf-8")
    [outlet] = load(tmp_path)[0]
    assert (outlet.name, outlet.former_names) == (odd.name, odd.former_names)
