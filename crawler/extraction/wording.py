"""Comparison forms of headlines and names: folding, tokens, separators, the site's own names."""

import re
import unicodedata

from crawler.extraction.document import Document

_QUOTES = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
        **dict.fromkeys("“”„‟″«»‹›「」『』", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", None),
    }
)
_NO_LETTERS = re.compile(r"[\W_]+")
_TOKEN = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+")
# What parts a headline from site and section: bars anywhere, dashes and points only between blanks.
SEPARATOR = re.compile(
    r"\s*[|｜ㅣ¦│•]+\s*|\s+[»«›‹]\s+|\s+(?:[-–—―‒:·~/⋆★●]|::|--|\|\|)\s+|\s*::\s*|\s+[-–—]\s*|：|(?<=[\u3040-\u9fff\uac00-\ud7af])\s*[-–—_·]\s*"
    r"|_(?=[\u3040-\u9fff\uac00-\ud7af])|:\s+|\s*[(（\[](?=[^()（）\[\]]{2,30}[)）\]]\s*$)|[)）\]]\s*$"
)


def fold(text: str) -> str:
    """A text with one form of quotes, dashes, blanks and case, without its last full stop."""
    if text.isascii():
        text = text.replace("`", "'")
    else:
        text = unicodedata.normalize("NFKC", text.translate(_QUOTES)).translate(_QUOTES)
    return " ".join(text.split()).casefold().rstrip(".。 ")


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


def site_words(document: Document) -> frozenset[str]:
    """Squeezed names by which this site may call itself, from its metadata and domain."""
    said = [
        *document.metas.get("og:site_name", []),
        *document.metas.get("application-name", []),
        *document.metas.get("apple-mobile-web-app-title", []),
        *document.metas.get("twitter:site", []),
        *document.metas.get("al:ios:app_name", []),
    ]
    for thing in document.things:
        if thing.role in ("publisher", "sourceorganization") or any(
            kind in ("organization", "newsmediaorganization", "website") for kind in thing.types
        ):
            said += thing.texts("name")
    return frozenset(filter(None, map(squeeze, said)))
