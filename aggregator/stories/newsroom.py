"""Reads `newsroom.toml`: idle words, round-ups, columns, styles, agencies; knows which outlets are wires."""

import re
import tomllib
import unicodedata
from pathlib import Path

_DATA = tomllib.loads(Path(__file__).with_name("newsroom.toml").read_text(encoding="utf-8"))

FILLERS: frozenset[str] = frozenset(_DATA["fillers"])
NUMERALS: frozenset[str] = frozenset(_DATA["numerals"])
ROUND_UP = re.compile("|".join(_DATA["round_ups"]))
RECURRING = re.compile(unicodedata.normalize("NFKD", "|".join(_DATA["recurring"])))
COMMON_NAMES: frozenset[str] = frozenset(_DATA["common_names"])
TITLES: frozenset[str] = frozenset(_DATA["titles"])
SAME_WORDS: dict[str, str] = _DATA["same_words"]
_AGENCY_OF: dict[str, str] = {
    name: agency for agency, names in _DATA["agencies"].items() for name in (agency, *names)
}


def agency(name: str) -> str:
    """The agency's own name for a folded credit or outlet name (`ap` -> `associated press`)."""
    plain = name.replace("-", " ")
    return _AGENCY_OF.get(plain, plain)


def is_agency(outlet: str) -> bool:
    """Whether an outlet (slug or folded name) is a news agency."""
    return outlet.replace("-", " ") in _AGENCY_OF


def is_own_page(outlet: str, wire: str) -> bool:
    """Whether an outlet (slug or folded name) is the wire that a credit names."""
    return agency(outlet) == agency(wire)
