"""Weights learned from cases, and judged on domains that they were not learned from."""

import pytest

from benchmarks.ranking import Case, fit, share_right
from benchmarks.train_weights import is_held_out, parted, print_folds
from crawler.extraction.choose import Option

DOMAINS = [f"paper-{number}.example" for number in range(30)]


def case(domain: str, *, told: bool = True) -> Case:
    """A page whose right headline has the good sign and whose wrong one has the bad; else both have both."""
    right, wrong = Option("right", "right"), Option("wrong", "wrong")
    right.add("good")
    wrong.add("bad")
    if not told:
        right.add("bad")
        wrong.add("good")
    return Case({"domain": domain}, [wrong, right], [0.0, 1.0])


def test_what_speaks_for_the_right_ones_gains_weight_and_the_other_loses_it() -> None:
    weights = fit([case(domain) for domain in DOMAINS], 0.1, {})
    assert weights["good"] > 0 > weights["bad"]
    assert share_right([case("new.example")], weights) == 1.0


def test_what_is_known_beforehand_decides_where_cases_do_not() -> None:
    cases = [case(domain, told=False) for domain in DOMAINS]
    assert fit(cases, 0.1, {"good": 1.0}) == {"good": 1.0}


def test_a_part_of_the_domains_is_held_out_and_never_shared() -> None:
    kept, out = parted({"as it is": [case(domain) for domain in DOMAINS]}, is_held_out)
    names = [{each.row["domain"] for each in cases["as it is"]} for cases in (kept, out)]
    assert names[0] | names[1] == set(DOMAINS)
    assert not names[0] & names[1]
    assert len(names[1]) > 3


def test_folds_judge_every_domain_once_by_what_the_others_taught(capsys: pytest.CaptureFixture[str]) -> None:
    print_folds({"as it is": [case(domain) for domain in DOMAINS], "poorer": []}, "headline", 5)
    assert capsys.readouterr().out == "headline, as it is: 1.000 on domains never trained on, in 5 folds\n"
