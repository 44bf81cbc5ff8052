"""The characters of dates in plain form: digits of any script, no accents, points or marks of direction."""

import unicodedata


class _PlainCharacters(dict[int, str]):
    """For `str.translate`: digits of any script become ASCII's, marks of direction go."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        plain = str(unicodedata.decimal(char)) if char.isdecimal() else char
        self[point] = "" if unicodedata.category(char) == "Cf" else plain
        return self[point]


class _Uncombined(dict[int, str]):
    """For `str.translate`: accents and points that stand as characters of their own go."""

    def __missing__(self, point: int) -> str:
        self[point] = "" if unicodedata.combining(chr(point)) else chr(point)
        return self[point]


_PLAIN, _UNCOMBINED = _PlainCharacters(), _Uncombined()


def plain(text: str) -> str:
    """A text on one line as its dates are read."""
    if not text.isascii():
        text = bare(unicodedata.normalize("NFKC", text).translate(_PLAIN))
    return " ".join(text.split())


def bare(text: str) -> str:
    """A text without accents and points, and with one spelling of the Arabic letters yeh and kaf."""
    apart = unicodedata.normalize("NFD", text).translate(_UNCOMBINED)
    return unicodedata.normalize("NFC", apart).replace("ي", "ی").replace("ك", "ک")
