"""A team's own "in the news" page held against the swept press."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copyfile

import pytest

from aggregator import desk, exports, proofreading, runs
from aggregator.proof import Finding, Kind, Proof
from aggregator.review.proofs import Sheet, corrected_format, read_sheet
from aggregator.store import articles, lost_pages
from aggregator.store.entries import View
from crawler.clock import read_clock
from demo.expected import expected
from tests.whole.conftest import Road, Run, open_demo_house
from tests.whole.damages import (
    DAMAGES,
    HERE,
    LISTED,
    NYDN,
    OWN,
    REUTERS,
    SEED,
    THIRTEEN,
    Damage,
    html_page,
    with_line,
)

CAMPAIGN = "seeking-sanctuary"


@dataclass(frozen=True)
class Team:
    """A house in which the thirteen are accepted, and one each was rejected and put aside."""

    house: runs.House

    def read(self, content: str | bytes) -> Sheet:
        """The lines of a page."""
        told = content if isinstance(content, bytes) else content.encode()
        return read_sheet(told, next(each.form for each in self.house.campaigns() if each.slug == CAMPAIGN))

    def hold(self, sheet: Sheet) -> Proof:
        """These lines against what is known."""
        return proofreading.proofread_page(self.house.store, self.house.directory, CAMPAIGN, sheet.lines)

    def proofread(self, content: str | bytes) -> Proof:
        """The page against what is known."""
        return self.hold(self.read(content))

    def corrected(self, content: str) -> str:
        """The corrected page, in the form of the one that was brought."""
        sheet = self.read(content)
        return exports.render(self.hold(sheet).corrected, corrected_format(sheet)).decode()


@pytest.fixture(scope="module")
def team(road: Road, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """The thirteen accepted on a copy of the swept database."""
    folder = tmp_path_factory.mktemp("team")
    copyfile(road.swept, folder / "news.sqlite3")
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


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
def test_each_damage_is_found_and_corrected_and_nothing_else(team: Team, damage: Damage) -> None:
    sheet = team.read(damage.page)
    proof = team.hold(sheet)
    [(number, found)] = findings(proof)
    assert (number, found.kind) == (damage.number, damage.kind)
    assert damage.word in found.word
    assert damage.right in found.right
    # What is left of it in the corrected page is for people to decide.
    again = team.proofread(exports.render(proof.corrected, corrected_format(sheet)))
    left = {each.kind for _, each in findings(again)}
    assert left == {damage.kind} & {Kind.UNKNOWN, Kind.LATER, Kind.WAITING}
    assert proof.missing == again.missing == ()


@pytest.mark.parametrize("name", ["html", "csv"])
def test_a_page_with_links_and_a_table_are_corrected_in_their_own_form(team: Team, name: str) -> None:
    ours = exports.render(runs.listing(team.house, CAMPAIGN), name).decode()
    damaged = ours.replace("Univision", "Unvision").replace("pol urges", "pol surges")
    assert [number for number, _ in findings(team.proofread(damaged))] == [10, 11]
    assert team.corrected(damaged) == ours


def test_an_own_page_with_a_link_is_no_coverage_and_leaves_the_corrected_page(team: Team) -> None:
    urls = [piece.url for piece in LISTED]
    page = html_page(
        [*urls, OWN[1]], with_line("Seeking Sanctuary opens in New York", "Local Progress, 3.27.2017")
    )
    number, found = only(team.proofread(page))
    assert (number, found.kind, found.said) == (14, Kind.OWN, OWN[1])
    assert OWN[1] not in team.corrected(page)


def test_an_article_that_is_not_known_is_told_with_the_command_that_adds_it(team: Team) -> None:
    urls = [piece.url for piece in LISTED]
    page = html_page(
        [*urls, "http://nobody.example/a/b"], with_line("Mayors dance all night", "Daily Planet, 3.28.2017")
    )
    _, found = only(team.proofread(page))
    assert (found.kind, found.repair) == (Kind.UNKNOWN, "inthenews add http://nobody.example/a/b")
    assert '<a href="http://nobody.example/a/b"' in team.corrected(page)


def test_an_article_that_mentions_nobody_is_known_as_that(team: Team) -> None:
    with team.house.store.reading() as c:
        waiting = {each.url for each in (*LISTED, *expected().missed)}
        batch = next(iter(articles.every(c)))
        other = next(each for each in batch if each.outlet == "KHQ" and "storm" in each.url)
    assert other.url not in waiting
    _, found = only(team.proofread(with_line(other.headline, "KHQ, 3.28.2017")))
    assert found.kind is Kind.NO_MENTION and found.repair.startswith("inthenews why ")


def test_what_was_rejected_and_put_aside_is_told_with_who_and_why(team: Team) -> None:
    _, found = only(
        team.proofread(
            with_line("Politico: Sanctuary Officials Meeting in NY Admit Limits", "Newsmax, 3.27.2017")
        )
    )
    assert found.evidence.startswith("reject said ana on ") and found.evidence.endswith(": a rewrite")
    assert found.repair.startswith(f"inthenews desk accept {CAMPAIGN} http://www.newsmax.example/")


def test_a_misspelt_headline_is_recognised_however_many_are_newer_than_its_entry(team: Team) -> None:
    waits = next(
        each for each in desk.entries(team.house.store, CAMPAIGN, View(limit=500)) if each.outlet == "KHQ"
    )
    written = f"{waits.headline.replace('e', 'ee', 1)}\nKHQ, {waits.day:%-m.%-d.%Y}"
    for beside in (0, 1, 5_000):
        proof = proofreading.proofread_page(
            team.house.store, team.house.directory, CAMPAIGN, team.read(written).lines, beside
        )
        [line] = proof.lines
        assert line.entry and line.entry.story.id == waits.story.id
        assert Kind.HEADLINE in {each.kind for each in line.findings}


def test_the_utc_day_of_a_late_piece_is_recognised_as_such(team: Team) -> None:
    proof = team.proofread(with_line(REUTERS.headline, "Reuters, 3.28.2017"))
    day = next(each for _, each in findings(proof) if each.kind is Kind.DAY)
    assert day.word.endswith("3.28.2017 was the day in UTC") and day.right == "3.27.2017"
    assert "00:15 UTC" in day.evidence


def test_what_is_accepted_here_and_not_on_the_page_is_missing_and_comes_where_the_list_has_it(
    team: Team,
) -> None:
    blocks = THIRTEEN.split("\n\n")
    page = "\n\n".join([*blocks[:4], *blocks[6:10], *blocks[14:24]]) + "\n"
    proof = team.proofread(page)
    assert [item.headline for item in proof.missing] == [
        LISTED[2].headline,
        *(each.headline for each in LISTED[5:7]),
        LISTED[12].headline,
    ]
    assert findings(proof) == []
    assert team.corrected(page) == THIRTEEN


def test_a_page_in_its_own_order_keeps_it(team: Team) -> None:
    blocks = THIRTEEN.removesuffix("\n").split("\n\n")
    turned = "\n\n".join(part for at in range(24, -1, -2) for part in blocks[at : at + 2]) + "\n"
    proof = team.proofread(turned)
    assert proof.is_right
    assert team.corrected(turned) == turned


def test_a_lost_page_is_told_with_since_when(team: Team) -> None:
    with team.house.store.writing() as c:
        lost_pages.note(c, {LISTED[0].url: "it answers 404"}, read_clock())
    try:
        number, found = only(team.proofread(THIRTEEN))
        assert (number, found.kind) == (1, Kind.LOST)
        assert "has not opened since" in found.word and "404" in found.word
    finally:
        with team.house.store.writing() as c:
            lost_pages.clear(c, [LISTED[0].url])


def test_forms_of_a_headline_that_the_page_does_not_show_are_named(team: Team) -> None:
    """A page changes its headline: what the team copied then is its former one. Its address tells another."""
    with team.house.store.reading() as c:
        key = articles.known_as(c, LISTED[11].url)[0]
        article = articles.get(c, key)
    assert article is not None
    changed = replace(article, headline="Justice Department puts mayors on notice", first_seen=read_clock())
    with team.house.store.writing() as c:
        articles.keep(c, changed)
    try:
        number, found = only(team.proofread(THIRTEEN))
        assert (number, found.kind, found.right) == (12, Kind.HEADLINE, changed.headline)
        assert "before it was changed" in found.word
        slug = THIRTEEN.replace(
            LISTED[11].headline, "DOJ threatens major crackdown on funds to santuary cities"
        )
        assert "before it was changed (“santuary” for “sanctuary”)" in only(team.proofread(slug))[1].word
    finally:
        with team.house.store.writing() as c:
            articles.keep(c, article)


def test_by_command_the_seed_page_is_told_to_people_and_to_machines(run: Run, tmp_path: Path) -> None:
    run("desk", "accept", CAMPAIGN, *(piece.url for piece in LISTED))
    run("desk", "reorder", CAMPAIGN, *(piece.url for piece in LISTED))
    out = tmp_path / "corrected.txt"
    said = run("proofread", CAMPAIGN, str(HERE / "seed-page.txt"), "--corrected", str(out))
    assert said.code == 3
    assert "“surges” for “urges”" in said.out and "misspelt for Univision" in said.out
    assert said.out.splitlines()[-1] == "2 of 13 lines to correct; nothing was decided or published."
    assert [row[:16].split() for row in said.out.splitlines()[1:-1]] == [
        ["10"],
        ["10", "headline"],
        ["11"],
        ["11", "outlet"],
    ]
    assert out.read_text(encoding="utf-8") == THIRTEEN
    told = json.loads(run("--json", "proofread", CAMPAIGN, str(HERE / "seed-page.txt")).out)
    assert told["counts"] == {"lines": 13, "to_correct": 2, "missing": 0}
    assert [line["line"] for line in told["lines"] if line["findings"]] == [10, 11]
    assert told["lines"][10]["findings"][0]["right"] == "Univision"
    again = run("proofread", CAMPAIGN, str(out))
    assert (again.code, again.out) == (0, "13 lines, nothing to correct.\n")
