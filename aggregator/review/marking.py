"""Text with marked places -> pieces to show, and as HTML."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from markupsafe import Markup


def pieces(text: str, marks: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    """The text cut into (piece, is marked); overlapping marks run together, marks outside are cut off."""
    cut: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(marks):
        start, end = max(start, at), min(end, len(text))
        if end <= start:
            continue
        if start > at:
            cut.append((text[at:start], False))
        cut.append((text[start:end], True))
        at = end
    return [*cut, (text[at:], False)] if at < len(text) else cut


def differences(left: str, right: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Two texts cut into (piece, is different), word by word."""
    a, b = words(left), words(right)
    match = SequenceMatcher(a=a, b=b, autojunk=False)
    lefts: list[tuple[str, bool]] = []
    rights: list[tuple[str, bool]] = []
    for kind, a0, a1, b0, b1 in match.get_opcodes():
        lefts += [("".join(a[a0:a1]), kind != "equal")] if a1 > a0 else []
        rights += [("".join(b[b0:b1]), kind != "equal")] if b1 > b0 else []
    return lefts, rights


def words(text: str) -> list[str]:
    """The words of a text, each with the white space behind it."""
    return re.findall(r"\S+\s*|\s+", text)


def as_html(cut: Iterable[tuple[str, bool]]) -> Markup:
    """The pieces with the marked ones in <mark>, all text escaped."""
    return Markup("").join(Markup("<mark>{}</mark>").format(text) if mark else text for text, mark in cut)
