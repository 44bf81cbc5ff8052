"""The audit of the facts about outlets: each oddity is found, and nothing odd stands unjudged."""

import dataclasses

import pytest

from tools import make_outlets, outlet_audit
from tools.outlet_checks import Row

LE_MONDE = Row(
    place="france.tsv:2",
    slug="le-monde",
    name="Le Monde",
    domains=("lemonde.fr",),
    former_names=(),
    scope="national",
    language="fr",
    country="FR",
    timezone="Europe/Paris",
    feeds=(),
    sitemaps=(),
    sections=(),
)


def _other(**change: object) -> Row:
    other = {"slug": "la-croix", "name": "La Croix", "domains": ("la-croix.com",), "place": "france.tsv:3"}
    return dataclasses.replace(LE_MONDE, **{**other, **change})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return [row for facts in sorted(make_outlets.FACTS.glob("*.tsv")) for row in make_outlets.read(facts)]


def test_everything_odd_about_the_directory_was_judged(rows: list[Row]) -> None:
    told = outlet_audit.unsettled(rows, outlet_audit.read_settled())
    assert [str(each) for each in told] == [], "correct it, or settle it in tools/outlets_settled.tsv"


def test_nothing_is_settled_that_is_not_odd(rows: list[Row]) -> None:
    odd = {(each.check, each.slug) for each in outlet_audit.findings(rows)}
    assert set(outlet_audit.read_settled()) - odd == set()


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ({"name": "Groupe Le Monde SAS"}, "company"),
        ({"name": "Gannett"}, "company"),
        ({"name": "@lemonde"}, "junk"),
        ({"name": "Le Monde - Actualités"}, "junk"),
        ({"name": "Le Monde (France)"}, "junk"),
        ({"name": "Latest News and Headlines"}, "junk"),
        ({"name": "Toute l'information en temps réel et en continu"}, "junk"),
        ({"name": "www.lemonde.fr"}, "junk"),
        ({"name": "lefigaro.fr"}, "other_domain"),
        ({"domains": ("lemonde.be",)}, "ending"),
        ({"name": "Ле Монд"}, "script"),
        ({"name": "Lе Monde"}, "mixed_letters"),  # the e is Cyrillic
    ],
)
def test_an_odd_outlet_is_found(change: dict[str, object], check: str) -> None:
    row = dataclasses.replace(LE_MONDE, **change)  # type: ignore[arg-type]
    assert check in {found.check for found in outlet_audit.findings([row])}


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ({"domains": ("lemonde.com",)}, "twin"),
        ({"domains": ("blog.lemonde.fr",), "name": "Le Monde"}, "same_as_house"),
        ({"domains": ("lemonde.fr/m",), "name": "Le Monde"}, "same_as_house"),
        ({"former_names": ("Le Monde",)}, "old_name"),
    ],
)
def test_two_outlets_that_may_be_one_are_found(change: dict[str, object], check: str) -> None:
    [found] = outlet_audit.findings([LE_MONDE, _other(**change)])
    assert (found.check, found.slug) == (check, "la-croix")
    assert str(found).startswith(f"france.tsv:3: {check}: la-croix: ")


def test_what_was_settled_is_not_told_again() -> None:
    rows = [LE_MONDE, _other(former_names=("Le Monde",))]
    assert outlet_audit.unsettled(rows, {("old_name", "la-croix"): "another paper"}) == []


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"name": "lemonde.fr"},
        {"name": "Μοντ", "language": "el", "country": "GR", "domains": ("monde.gr",)},
        {"domains": ("lemonde.tv",)},
        {"domains": ("lemonde.co.uk",), "country": "GB"},
        {"name": "The Associated Press", "domains": ("apnews.com",), "scope": "wire"},
    ],
)
def test_an_ordinary_outlet_is_not_odd(change: dict[str, object]) -> None:
    row = dataclasses.replace(LE_MONDE, **change)  # type: ignore[arg-type]
    assert outlet_audit.findings([row]) == []


def test_two_papers_of_one_name_in_two_countries_are_not_odd() -> None:
    other = _other(domains=("lemonde.ca",), country="CA", former_names=("Le Monde",))
    assert outlet_audit.findings([LE_MONDE, other]) == []
