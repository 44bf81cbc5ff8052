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
