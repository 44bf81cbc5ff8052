"""A team's own "in the news" page held against the swept press: the seed page, and pages damaged in every way."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from aggregator import adding, desk, exports, proofreading, runs
from aggregator.proof import Finding, Kind, Proof
from aggregator.review.proofs import corrected_format, read_sheet
from aggregator.store import articles, lost_pages
from crawler.clock import read_clock
from demo.expected import expected
from tests.whole.conftest import Road, Run, open_demo_house

CAMPAIGN = "seeking-sanctuary"
HERE = Path(__file__).parent
THIRTEEN = (HERE / "thirteen.txt").read_text(encoding="utf-8")
# The page as it stood on the web, its two typing errors, introduction and furniture included.
SEED = (HERE / "saved" / "in-the-news-page.txt").read_bytes()
LISTED = expected().listed
NBC, CNN, FUSION, NYDN = LISTED[2], LISTED[5], LISTED[7], LISTED[9]
REUTERS = next(piece for piece in expected().missed if piece.outlet == "Reuters")
ROCHESTER = next(piece for piece in expected().missed if piece.rewrites == NBC.url)
FOX61 = next(story.copies[0] for story in expected().stories if story.original == CNN.url)
OWN = expected().own


@dataclass(frozen=True)
class Team:
    """A house in which the thirteen are accepted, and one each was rejected and put aside."""

    house: runs.House

    def proofread(self, content: str | bytes) -> Proof:
        """The page against what is known."""
        told = content if isinstance(content, bytes) else content.encode()
        with self.house.store.reading() as c:
            campaign = next(each for each in self.house.campaigns() if each.slug == CAMPAIGN)
            assert articles.count(c)
        lines = read_sheet(told, campaign.form).lines
        return proofreading.proofread_page(self.house.store, self.house.directory, CAMPAIGN, lines)

    def corrected(self, content: str) -> str:
        """The corrected page, in the form of the one that was brought."""
        campaign = next(each for each in self.house.campaigns() if each.slug == CAMPAIGN)
        sheet = read_sheet(content.encode(), campaign.form)
        proof = proofreading.proofread_page(self.house.store, self.house.directory, CAMPAIGN, sheet.lines)
        return exports.render(proof.corrected, corrected_format(sheet)).decode()


@pytest.fixture(scope="module")
def team(road: Road, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """The thirteen accepted on a copy of the swept database."""
    folder = tmp_path_factory.mktemp("team")
    road.house.store.backup(folder / "news.sqlite3")
    house = open_demo_house(road.press, folder)
    signed = desk.Signature(by="ana", at=read_clock())
    listed = runs.keys(house, [piece.url for piece in LISTED])
    desk.accept(house.store, CAMPAIGN, listed, signed)
    desk.reorder(house.store, CAMPAIGN, listed, signed)
    by_hand = {piece.outlet: piece.url for piece in expected().missed}
    desk.reject(
        house.store, CAMPAIGN, runs.keys(house, [by_hand["Newsmax"]]), replace(signed, note="a rewrite")
    )
    desk.later(house.store, CAMPAIGN, runs.keys(house, [by_hand["Voices of NY"]]), signed)
    yield Team(house)
    house.store.close()


def findings(proof: Proof) -> list[tuple[int, Finding]]:
    return [(each.line.number, finding) for each in proof.lines for finding in each.findings]


def only(proof: Proof) -> tuple[int, Finding]:
    [found] = findings(proof)
    assert proof.missing == ()
    return found


def html_page(urls: Sequence[str], text: str = THIRTEEN) -> str:
    """The page as a website has it: each headline a link."""
    blocks = [block for block in text.split("\n\n") if block.strip()]
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


def test_the_seed_page_has_just_its_two_typing_errors(team: Team) -> None:
    proof = team.proofread(SEED)
    assert [(number, each.kind, each.word) for number, each in findings(proof)] == [
        (10, Kind.HEADLINE, "typing error: “surges” for “urges”"),
        (11, Kind.OUTLET, "“Unvision” is misspelt for Univision"),
    ]
    assert len(proof.lines) == 13 and proof.missing == ()
    assert [each.right for _, each in findings(proof)] == [NYDN.headline, "Univision"]
    assert all(each.evidence for _, each in findings(proof))


def test_the_corrected_seed_page_is_our_export_byte_for_byte(team: Team) -> None:
    ours = exports.render(runs.listing(team.house, CAMPAIGN), "text").decode()
    assert team.corrected(SEED.decode()) == ours == THIRTEEN


@pytest.mark.parametrize("name", ["text", "text-page", "html", "fragment", "csv"])
def test_our_own_exports_have_nothing_to_correct(team: Team, name: str) -> None:
    proof = team.proofread(exports.render(runs.listing(team.house, CAMPAIGN), name))
    assert (len(proof.lines), findings(proof), proof.missing) == (13, [], ())


@dataclass(frozen=True)
class Damage:
    """A page that was damaged in one way, and what is found: where, of what kind, with which words."""

    name: str
    page: str
    number: int
    kind: Kind
    word: str
    right: str = ""


def text(old: str, new: str) -> str:
    assert THIRTEEN.count(old) == 1
    return THIRTEEN.replace(old, new)


DAMAGES = (
    Damage("a misspelt outlet", text("NBC News,", "NCB News,"), 3, Kind.OUTLET, "misspelt", "NBC News"),
    Damage(
        "an outlet by another name", text("Huffington Post,", "HuffPost,"), 9, Kind.OUTLET, "HuffPost"
    ),
    Damage(
        "an outlet that is another one", text("New York Post,", "New York Daily News,"),
        12, Kind.OUTLET, "an article of New York Post, not of New York Daily News", "New York Post",
    ),
    Damage(
        "a letter too many", text("Blueprint", "Blueprrint"), 2, Kind.HEADLINE, "“Blueprrint” for “Blueprint”"
    ),
    Damage("a word that is missing", text("most explicit ", "most "), 8, Kind.HEADLINE, "“explicit” is missing"),
    Damage("accents left out", text("Así ", "Asi "), 11, Kind.HEADLINE, "“Asi” for “Así”"),
    Damage(
        "the headline of a carrier",
        text("sanctuary cities meet in NY", "sanctuary cities convene in NY"),
        6, Kind.HEADLINE, "stands at FOX61", CNN.headline,
    ),
    Damage(
        "the wrong day", text("CNN Wire, 3.28", "CNN Wire, 3.27"), 6, Kind.DAY, "published on 3.28.2017", "3.28.2017"
    ),
    Damage("a carrier in place of the wire", text("CNN Wire,", "FOX61,"), 6, Kind.CARRIER, "FOX61 carries it", "CNN Wire"),
    Damage("a link to another article", linked(3, NYDN.url), 3, Kind.LINK, "elsewhere, to “NYC pol urges"),
    Damage("a link to a page nobody knows", linked(3, "http://nbcnews.example/x/y-1"), 3, Kind.LINK, "not known as"),
    Damage("a link to an AMP page", linked(7, f"{LISTED[6].url}amp/"), 7, Kind.LINK, "AMP", LISTED[6].url),
    Damage("a link with trackers", linked(4, f"{LISTED[3].url}?utm_source=mail"), 4, Kind.LINK, "follows readers"),
    Damage("a link to a carrier", linked(6, FOX61), 6, Kind.LINK, "leads to FOX61", CNN.url),
    Damage(
        "the same story twice", with_line("NYC pol urges sanctuary cities to be Trump's 'worst nightmare'", "NY Daily News, 3.27.2017"),
        14, Kind.TWICE, "same story as line 10", "10",
    ),
    Damage(
        "an own page without a link",
        with_line("Sanctuary Cities Join Forces in First Meeting of Its Kind", "Popular Democracy, 4.3.2017"),
        14, Kind.OWN, "a page of your own",
    ),
    Damage(
        "what is not known", with_line("Mayors dance all night at the harbour", "Daily Planet, 3.28.2017"),
        14, Kind.UNKNOWN, "no link to look at",
    ),
    Damage(
        "what was rejected", with_line("Politico: Sanctuary Officials Meeting in NY Admit Limits", "Newsmax, 3.27.2017"),
        14, Kind.REJECTED, "was rejected",
    ),
    Damage(
        "what is for later", with_line("Sanctuary Cities Share Strategies Against Deportations", "Voices of NY, 3.28.2017"),
        14, Kind.LATER, "put aside",
    ),
    Damage("what waits", with_line(REUTERS.headline, "Reuters, 3.27.2017"), 14, Kind.WAITING, "waits for"),
    Damage(
        "a near twin of another outlet", with_line(ROCHESTER.headline, "Rochester La Voz, 3.29.2017"),
        14, Kind.WAITING, "waits for",
    ),
)  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
def test_each_damage_is_found_and_nothing_else(team: Team, damage: Damage) -> None:
    found = [(n, each) for n, each in findings(team.proofread(damage.page)) if not _is_aside(each, damage)]
    assert [(number, each.kind) for number, each in found] == [(damage.number, damage.kind)]
    assert damage.word in found[0][1].word
    assert damage.right in found[0][1].right
