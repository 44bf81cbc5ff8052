"""One code for one language, as articles bear it: people, pages and rules write it in several ways."""

# What a code is called on articles (`crawler.extraction.language`): older codes, and those of written forms.
_SAME = {"nb": "no", "nn": "no", "fil": "tl", "iw": "he", "in": "id", "ji": "yi", "cmn": "zh", "mo": "ro"}


def primary_language(tag: str | None) -> str | None:
    """`es` of `es-MX` or `es_MX`, `no` of `nb-NO`; None of nothing.

    >>> primary_language("fil_PH")
    'tl'
    """
    if not tag:
        return None
    code = tag.replace("_", "-").split("-")[0].lower()
    return _SAME.get(code, code)


def language_fault(written: str) -> str:
    """What is wrong with what somebody wrote for a language; empty where it has a code.

    >>> language_fault("Spanish")
    "'Spanish' is no code of a language; write 'es'"
    """
    from babel import Locale  # takes as long to load as all of the aggregator's own

    known = Locale("en").languages
    if primary_language(written) in known.keys() | _SAME.values():
        return ""
    codes = {name.lower(): code for code, name in known.items()}
    meant = codes.get(written.strip().lower())
    advice = f"write {meant!r}" if meant else "write it as in 'en' or 'es'"
    return f"{written!r} is no code of a language; {advice}"
