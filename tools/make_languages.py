"""`python -m tools.make_languages`: write `crawler/languages.json`, the codes of languages, from CLDR.

Pages claim languages that are none (`utf-8`, `us`), and write three letters where the code has two; Babel
knows, and takes too long to ask in each of a sweep's workers.
"""

import json
from pathlib import Path

from babel import Locale
from babel.core import get_global

_NONE = {"mul", "und", "zxx"}  # several, an unknown one, none
TARGET = Path(__file__).parent.parent / "crawler" / "languages.json"


def main() -> None:
    """Write the file anew."""
    table = {"known": known(), "short": short()}
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(codes)}" for name, codes in table.items())
    TARGET.write_text("{\n" + lines + "\n}\n", encoding="utf-8")
    print(f"{len(table['known'])} languages, {len(table['short'])} shorter codes in {TARGET}")


def known() -> list[str]:
    """The codes that CLDR has an English name for."""
    codes = map(str, Locale("en").languages)
    return sorted(code for code in codes if code.isalpha() and code not in _NONE)


def short() -> dict[str, str]:
    """Codes of three letters that have one of two (ISO 639-2 and 639-3 to 639-1): "ger" -> "de"."""
    same = get_global("language_aliases")
    return {long: code for long, code in sorted(same.items()) if len(long) == 3 and len(code) == 2}


if __name__ == "__main__":
    main()
