"""Which stories are kin and how, on invented reports with a label for every pair."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from aggregator import stories
from aggregator.records import Relation
from aggregator.stories import Sketch
from tests.aggregator.stories.kin_press import ARTICLES, LABELS, SKETCHES


def judged(one: str, other: str) -> tuple[Relation, str] | None:
    """How two are kin, and which of them came from the other, if they could find each other at all."""
    return judged_sketches(SKETCHES[one], SKETCHES[other], one, other)


def judged_sketches(a: Sketch, b: Sketch, one: str, other: str) -> tuple[Relation, str] | None:
    asked, pages = stories.asked_of_kin(a.kin_keys, a.pages)
    held = b.kin_keys | b.index_keys
    if len(asked & held) < 2 and not pages & held:
        return None
    found = stories.relate(a, [b])
    return (found[0].relation, one if found[0].comes_from_it else other) if found else None


PAIRS = list(combinations(sorted(SKETCHES), 2))


def test_no_two_of_these_reports_are_one_story() -> None:
    assert len(stories.group(SKETCHES.values())) == len(SKETCHES)


def test_what_is_called_kin_is_kin_and_of_this_kind() -> None:
    found = {pair: kin for pair in PAIRS if (kin := judged(*pair))}
    wrong = {
        pair: (kin[0].value, LABELS.get(frozenset(pair), ("none",))[0])
        for pair, kin in found.items()
        if LABELS.get(frozenset(pair), ("none",))[0] != kin[0]
    }
    assert not wrong
    assert len(LABELS) >= 40
    missed = sorted(set(LABELS) - {frozenset(pair) for pair in found}, key=sorted)
    assert len(missed) <= 0.25 * len(LABELS), missed


@pytest.mark.parametrize("relation", ["rewrite", "other language"])
def test_most_rewrites_and_translations_are_found(relation: str) -> None:
    labelled = [pair for pair, (label, _) in LABELS.items() if label == relation]
    found = [pair for pair in labelled if (kin := judged(*sorted(pair))) and kin[0] == relation]
    assert len(found) >= 0.85 * len(labelled)


def test_a_rewrite_knows_its_source() -> None:
    for pair, (label, later) in LABELS.items():
        kin = judged(*sorted(pair))
        if label == "rewrite" and kin:
            assert kin == (Relation.REWRITE, later)


@pytest.mark.parametrize("pair", PAIRS[::7], ids=" ".join)
def test_it_is_the_same_from_either_side(pair: tuple[str, str]) -> None:
    one, other = (SKETCHES[name] for name in pair)
    there, back = stories.relate(one, [other]), stories.relate(other, [one])
    assert [(kin.relation, kin.strength, kin.reason) for kin in there] == [
        (kin.relation, kin.strength, kin.reason) for kin in back
    ]
    sourced = [kin for kin in (*there, *back) if kin.comes_from_it]
    assert len(sourced) == (1 if there and there[0].relation is Relation.REWRITE else 0)


def test_a_declared_translation_needs_no_common_name() -> None:
    page = replace(ARTICLES["bridge-daily"], text="Nobody is named here. " * 20)
    other = replace(
        ARTICLES["strike-es"], text="Aquí no se nombra a nadie. " * 20, translations=(page.canonical_url,)
    )
    kin = judged_sketches(stories.sketch(page), stories.sketch(other), "page", "other")
    assert kin is not None and kin[0] is Relation.TRANSLATION
    assert judged_sketches(stories.sketch(other), stories.sketch(page), "other", "page") is not None


def test_texts_without_names_days_or_words_have_no_kin() -> None:
    changed: list[dict[str, Any]] = [
        {"text": ""},
        {"published": None},
        {"text": "字" * 400},
        {"language": None},
    ]
    bare = [
        replace(
            ARTICLES["strike-herald"],
            key=f"bare{order}.example",
            url=f"https://bare{order}.example/",
            **changes,
        )
        for order, changes in enumerate(changed)
    ]
    sketches = [stories.sketch(article) for article in bare]
    assert stories.relate(sketches[0], sketches[1:]) == ()
    assert stories.relate(sketches[1], [*sketches[2:], SKETCHES["strike-union"]]) == ()


def reports(later: dict[str, Any], earlier: dict[str, Any]) -> Relation | None:
    """How two reports of two days and outlets are kin, of which the first may come from the second."""
    one, other = (
        stories.sketch(
            replace(
                ARTICLES["strike-herald"],
                key=f"{told['outlet']}.example/1",
                url=f"https://{told['outlet']}.example/1",
                canonical_url="",
                **told,
            )
        )
        for told in (later, earlier)
    )
    found = stories.relate(one, [other])
    return found[0].relation if found else None


SCENE = "At noon the envoys Marta Quell and Ruben Adair left the talks on the strait without a word. "
OTHERS = (
    "Later came Ines Vale, Otto Brandt, Lucia Ferro, Karl Reuter, Dana Wolfe, Piotr Zima, Ana Costa "
    "and Hugo Lind. "
)
EARLIER = {
    "outlet": "The Ledger",
    "headline": "Envoys leave talks on the strait",
    "text": SCENE + "They were silent. " * 9,
}


def test_who_names_many_others_and_cites_in_passing_is_no_rewrite() -> None:
    cites = SCENE + "So The Ledger reported. " + "Nobody else was there to see it. " * 4
    own = {"outlet": "Morning Star", "headline": "Silence over the strait", "text": cites}
    assert reports(own, EARLIER) is Relation.REWRITE
    assert reports({**own, "text": cites + OTHERS}, EARLIER) is not Relation.REWRITE


def test_two_carriers_of_one_agency_do_not_credit_each_other() -> None:
    told = SCENE + "That is what the Associated Press reported. " + "Nobody else was there to see it. " * 4
    wire = {"wire_credit": "Associated Press"}
    own = {"outlet": "Morning Star", "headline": "Silence over the strait", "text": told}
    assert reports(own, EARLIER | wire) is Relation.REWRITE
    assert reports(own | wire, EARLIER | wire) is not Relation.REWRITE
