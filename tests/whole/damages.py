"""In the news pages for the tests of proofreading: the seed page, and that page damaged in every way."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aggregator.proof import Kind
from demo.expected import expected

HERE = Path(__file__).parent
THIRTEEN = (HERE / "thirteen.txt").read_text(encoding="utf-8")
# The page as it stood on the web, its two typing errors, introduction and furniture included.
SEED = (HERE / "seed-page.txt").read_bytes()
LISTED = expected().listed
NBC, CNN, FUSION, NYDN = LISTED[2], LISTED[5], LISTED[7], LISTED[9]
REUTERS = next(piece for piece in expected().missed if piece.outlet == "Reuters")
ROCHESTER = next(piece for piece in expected().missed if piece.rewrites == NBC.url)
FOX61 = next(story.copies[0] for story in expected().stories if story.original == CNN.url)
OWN = expected().own


def html_page(urls: Sequence[str], text: str = THIRTEEN) -> str:
    """The page as a website has it: each headline a link."""
    blocks = [block.strip() for block in text.split("\n\n") if block.strip()]
    pairs = zip(blocks[::2], blocks[1::2], strict=True)
    rows = (
        f'<p><a href="{url}">{headline}</a></p>\n<p>{byline}</p>'
        for url, (headline, byline) in zip(urls, pairs, strict=True)
    )
    return f"<html><body><h1>In the news</h1>{''.join(rows)}</body></html>"


def linked(number: int, url: str) -> str:
    """The page with links, of which that of one line is another one."""
    urls = [piece.url for piece in LISTED]
    urls[number - 1] = url
    return html_page(urls)


def with_line(headline: str, byline: str) -> str:
    return f"{THIRTEEN}\n{headline}\n\n{byline}\n"


@dataclass(frozen=True)
class Damage:
    """A page that was damaged in one way, and what is found: where, of what kind, with which words."""

    name: str
    page: str
    number: int
    kind: Kind
    word: str
    right: str = ""


def changed(old: str, new: str) -> str:
    assert THIRTEEN.count(old) == 1
    return THIRTEEN.replace(old, new)


DAMAGES = (
    Damage("a misspelt outlet", changed("NBC News,", "NCB News,"), 3, Kind.OUTLET, "misspelt", "NBC News"),
    Damage("an outlet by another name", changed("Huffington Post,", "HuffPost,"), 9, Kind.OUTLET, "HuffPost"),
    Damage(
        "an outlet that is another one",
        changed("New York Post,", "New York Daily News,"),
        12,
        Kind.OUTLET,
        "an article of New York Post, not of New York Daily News",
        "New York Post",
    ),
    Damage(
        "a letter too many",
        changed("Blueprint", "Blueprrint"),
        2,
        Kind.HEADLINE,
        "“Blueprrint” for “Blueprint”",
    ),
    Damage(
        "a word that is missing",
        changed("most explicit ", "most "),
        8,
        Kind.HEADLINE,
        "“explicit” is missing",
    ),
    Damage("accents left out", changed("Así ", "Asi "), 11, Kind.HEADLINE, "“Asi” for “Así”"),
    Damage(
        "the headline of a carrier",
        changed("sanctuary cities meet in NY", "sanctuary cities convene in NY"),
        6,
        Kind.HEADLINE,
        "stands at FOX61",
        CNN.headline,
    ),
    Damage(
        "the wrong day",
        changed("CNN Wire, 3.28", "CNN Wire, 3.27"),
        6,
        Kind.DAY,
        "published on 3.28.2017",
        "3.28.2017",
    ),
    Damage(
        "a carrier in place of the wire",
        changed("CNN Wire,", "FOX61,"),
        6,
        Kind.CARRIER,
        "FOX61 carries it",
        "CNN Wire",
    ),
    Damage("a link to another article", linked(3, NYDN.url), 3, Kind.LINK, "elsewhere, to “NYC pol urges"),
    Damage(
        "a link to a page nobody knows",
        linked(3, "http://nbcnews.example/x/y-1"),
        3,
        Kind.LINK,
        "not known as",
    ),
    Damage("a link to an AMP page", linked(7, f"{LISTED[6].url}amp/"), 7, Kind.LINK, "AMP", LISTED[6].url),
    Damage(
        "a link with trackers", linked(4, f"{LISTED[3].url}?utm_source=mail"), 4, Kind.LINK, "follows readers"
    ),
    Damage("a link to a carrier", linked(6, FOX61), 6, Kind.LINK, "leads to FOX61", CNN.url),
    Damage(
        "the same story twice",
        with_line(
            "NYC pol urges sanctuary cities to be Trump's 'worst nightmare'", "NY Daily News, 3.27.2017"
        ),
        14,
        Kind.TWICE,
        "same story as line 10",
        "10",
    ),
    Damage(
        "an own page without a link",
        with_line("Sanctuary Cities Join Forces in First Meeting of Its Kind", "Popular Democracy, 4.3.2017"),
        14,
        Kind.OWN,
        "a page of your own",
    ),
    Damage(
        "what is not known",
        with_line("Mayors dance all night at the harbour", "Daily Planet, 3.28.2017"),
        14,
        Kind.UNKNOWN,
        "no link to look at",
    ),
    Damage(
        "what was rejected",
        with_line("Politico: Sanctuary Officials Meeting in NY Admit Limits", "Newsmax, 3.27.2017"),
        14,
        Kind.REJECTED,
        "was rejected",
    ),
    Damage(
        "what is for later",
        with_line("Sanctuary Cities Share Strategies Against Deportations", "Voices of NY, 3.28.2017"),
        14,
        Kind.LATER,
        "put aside",
    ),
    Damage("what waits", with_line(REUTERS.headline, "Reuters, 3.27.2017"), 14, Kind.WAITING, "waits for"),
    Damage(
        "a near twin of another outlet",
        with_line(ROCHESTER.headline, "Rochester La Voz, 3.29.2017"),
        14,
        Kind.WAITING,
        "waits for",
    ),
)
