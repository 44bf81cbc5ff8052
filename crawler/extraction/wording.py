"""Comparison forms of headlines and names: folding, tokens, scripts, separators."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

_FORMS = {
    **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
    **dict.fromkeys("“”„‟″«»‹›「」『』", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", ""),
}
_VARIANT = re.compile(f"[{''.join(_FORMS)}]")
_LETTERS_LOOKED_AT = 60
_NO_LETTERS = re.compile(r"[\W_]+")
_TOKEN = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+")
# What parts a headline from site and section: bars anywhere, dashes and points only between blanks.
SEPARATOR = re.compile(
    r"\s*[|｜ㅣ¦│•]+\s*|\s+[»«›‹]\s+|\s+(?:[-–—―‒:·~/⋆★●]|::|--|\|\|)\s+|\s*::\s*|\s+[-–—]\s*|：|(?<=[\u3040-\u9fff\uac00-\ud7af])\s*[-–—_·]\s*"
    r"|_(?=[\u3040-\u9fff\uac00-\ud7af])|:\s+|\s*[(（\[](?=[^()（）\[\]]{2,30}[)）\]]\s*$)|[)）\]]\s*$"
)


@lru_cache(maxsize=256)  # the same few titles of a page come again and again
def fold(text: str) -> str:
    """A text with one form of quotes, dashes, blanks and case, without its last full stop."""
    if text.isascii():
        text = text.replace("`", "'")
    else:
        text = _in_one_form(unicodedata.normalize("NFKC", _in_one_form(text)))
    return " ".join(text.split()).casefold().rstrip(".。 ")


def _in_one_form(text: str) -> str:
    return _VARIANT.sub(lambda found: _FORMS[found[0]], text)


def squeeze(text: str) -> str:
    """Letters and digits only, without case and accents: "Página/12" -> "pagina12"."""
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return _NO_LETTERS.sub("", text)


def tokens(text: str) -> list[str]:
    """Words in lower case, a token a character in scripts without blanks."""
    return _TOKEN.findall(text.casefold())


def overlap(one: list[str], other: list[str]) -> float:
    """F1 of two sets of tokens."""
    shared = len(set(one) & set(other))
    return 2 * shared / (len(set(one)) + len(set(other))) if shared else 0.0


def script_of(text: str) -> str:
    """The script of most letters, by its name in Unicode: LATIN, CYRILLIC, ARABIC; Han and kana are CJK."""
    if text.isascii():
        return "LATIN"
    letters = [char for char in text if char.isalpha()][:_LETTERS_LOOKED_AT]
    scripts = Counter(map(_script_of_letter, letters))
    most = scripts.most_common(1)[0][0] if scripts else "LATIN"
    return "CJK" if most in ("HIRAGANA", "KATAKANA") else most


@lru_cache(maxsize=4096)
def _script_of_letter(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
