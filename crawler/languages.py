"""One code for one language: people, pages and rules write it in several ways."""

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

# What a code is called on articles: older codes, written forms, and countries that are no languages.
_SAME = {
    "nb": "no", "nn": "no", "fil": "tl", "tgl": "tl", "iw": "he", "in": "id", "ji": "yi", "sh": "sr",
    "mo": "ro", "arz": "ar", "ary": "ar", "wuu": "zh", "yue": "zh", "uzs": "uz",
    "sdh": "ckb",
    "cn": "zh", "cz": "cs", "dk": "da", "gb": "en", "gr": "el", "jp": "ja", "kr": "ko", "ua": "uk",
    "us": "en", "vn": "vi",
}  # fmt: skip
# Countries by whose code pages mean another language than the small one that has the same.
_COUNTRIES = {"ae", "ch", "cr", "cu", "ee", "ie", "io", "kw", "na", "ng", "sg", "tw", "ve"}


def primary_language(tag: str | None) -> str | None:
    """`es` of `es-MX` or `es_MX`, `no` of `nb-NO`, `de` of `ger`; None of nothing.

    >>> primary_language("fil_PH")
    'tl'
    """
    if not tag:
        return None
    code = tag.strip().replace("_", "-").split("-")[0].lower()
    return _SAME.get(code) or _codes()["short"].get(code, code)


def claimed_language(tag: str | None) -> str | None:
    """The same of what a page or feed claims, which may be no language at all.

    >>> claimed_language("utf-8") is None
    True
    """
    code = primary_language(tag)
    return code if code in _codes()["known"] and code not in _COUNTRIES else None


def is_language(tag: str) -> bool:
    """Whether what a person wrote is the code of a language.

    >>> is_language("pt-BR"), is_language("Spanish")
    (True, False)
    """
    return primary_language(tag) in _codes()["known"]


@lru_cache(maxsize=1)
def _codes() -> Mapping[str, Any]:
    """`known`: the languages' codes; `short`: those of two letters by those of three.

    `tools/make_languages.py` makes the file.
    """
    table = json.loads(files("crawler").joinpath("languages.json").read_text("utf-8"))
    return {"known": frozenset(table["known"]), "short": table["short"]}
