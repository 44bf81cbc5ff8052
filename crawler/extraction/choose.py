"""Weigh the candidates of a field by learned weights of plain signs, and tell who lost.

Each field's file names its candidates and their signs; `weights.json` holds one number a
sign (`benchmarks/train_weights.py` makes it). A candidate's score is the sum of its
signs times their weights, so every choice can be explained by listing them.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from crawler.records import Evidence, Rival

MOST_RIVALS = 5


@dataclass(slots=True)
class Option:
    """A candidate value: its comparison form, who gave it, and what speaks for or against it."""

    value: str
    form: str
    found_by: list[str] = field(default_factory=list)
    signs: dict[str, float] = field(default_factory=dict)

    def add(self, sign: str, weight: float = 1.0) -> None:
        """Note a sign; of several occurrences the strongest counts."""
        if weight:
            self.signs[sign] = max(weight, self.signs.get(sign, weight))

    def add_all(self, signs: Mapping[str, float]) -> None:
        held = self.signs
        for sign, strength in signs.items():
            if strength and (sign not in held or strength > held[sign]):
                held[sign] = strength


class Options(dict[str, Option]):
    """Candidates by comparison form, in the order found."""

    def note(self, value: str, form: str, found_by: str) -> Option:
        """The candidate of this form (made where it is new), with one more place where it stood."""
        option = self.get(form)
        if option is None:
            option = self[form] = Option(value, form)
        if found_by not in option.found_by:
            option.found_by.append(found_by)
            option.add(f"from {found_by}")
        return option


@lru_cache(maxsize=1)
def _all_weights() -> Mapping[str, Mapping[str, float]]:
    loaded: Mapping[str, Mapping[str, float]] = json.loads(
        files("crawler.extraction").joinpath("weights.json").read_text("utf-8")
    )
    return loaded


def rank(field_name: str, options: Iterable[Option]) -> list[Option]:
    """The candidates, best first; equals stay in the order found."""
    weights = _all_weights().get(field_name, {})
    return sorted(options, key=lambda option: -score(option, weights))


def score(option: Option, weights: Mapping[str, float]) -> float:
    return sum(weights.get(sign, 0.0) * strength for sign, strength in option.signs.items())


def evidence(ranked: list[Option], doubt: str | None = None) -> Evidence:
    """Why the first of these was taken."""
    best, rivals = ranked[0], ranked[1 : 1 + MOST_RIVALS]
    return Evidence(
        value=best.value,
        found_by=", ".join(best.found_by),
        rivals=tuple(Rival(value=rival.value, found_by=", ".join(rival.found_by)) for rival in rivals),
        doubt=doubt,
    )
