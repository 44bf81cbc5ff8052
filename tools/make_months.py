"""`python -m tools.make_months`: write `crawler/months.json`, the month names of all languages, from CLDR.

Reading a language through Babel takes some 15 ms, because it reads and merges everything else that CLDR
knows of it; a sweep's workers begin anew each time and meet dozens of languages.
"""

import json
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from babel import Locale, localedata

_NO_NAME = re.compile(r"M?\d+")  # CLDR's root calls the months M01 to M12
_READ_BY_NOBODY = {"en_Dsrt", "en_Shaw"}
TARGET = Path(__file__).parent.parent / "crawler" / "months.json"


def main() -> None:
    """Write the file anew."""
    named = {code: months_in(code) for code in sorted(localedata.locale_identifiers()) if "_" not in code}
    lines = (
        f"{json.dumps(code)}: {json.dumps(months, ensure_ascii=False)}" for code, months in named.items()
    )
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{len(named)} languages in {TARGET}")


def months_in(language: str) -> list[list[str]]:
    """The names of each month, January first, the surest form first; single letters are none.

    Where a language is written in several scripts, the names in the others follow.
    """
    forms: list[dict[str, None]] = [{} for _ in range(12)]
    for number, name in chain.from_iterable(map(_names_in, (language, *_scripts_of(language)))):
        if len(name) > 1 and not _NO_NAME.fullmatch(name):
            forms[number - 1][name] = None
    return [list(each) for each in forms]


def _scripts_of(language: str) -> list[str]:
    """The language as other scripts write it: sr_Latn beside sr."""
    written = re.compile(rf"{language}_[A-Z][a-z]{{3}}")
    codes = filter(written.fullmatch, localedata.locale_identifiers())
    return sorted(set(codes) - _READ_BY_NOBODY)


def _names_in(language: str) -> Iterator[tuple[int, str]]:
    localedata._cache.clear()  # what was read before leaks into what aliases share with it
    months = Locale.parse(language).months
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            yield from months[context][width].items()


if __name__ == "__main__":
    main()
