"""The codes of countries, two letters as in ISO 3166-1, out of the time zone database's own table."""

import importlib.resources
from functools import cache

_WITHOUT_A_CODE = {"XK"}  # Kosovo, as the European Union and the Unicode CLDR write it


@cache
def country_codes() -> frozenset[str]:
    """All of them, in capitals."""
    table = importlib.resources.files("tzdata").joinpath("zoneinfo", "iso3166.tab")
    lines = table.read_text(encoding="utf-8").splitlines()
    return frozenset(line[:2] for line in lines if not line.startswith("#")) | _WITHOUT_A_CODE
