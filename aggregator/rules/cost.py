"""Refuses a rule that is out of all proportion, before time is spent on reading it."""

import re

from aggregator.errors import RuleError

MOST_TERMS = 500  # words, phrases and hashtags
DEEPEST = 50  # rules inside rules

_PIECE = re.compile(
    r"""(?P<term>["“”„«»][^"“”„«»]*["“”„«»])
    |(?P<open>\()
    |(?P<close>\))
    |(?P<prefix>NOT\b(?!:)|ATLEAST/\d+|[A-Za-z_]{1,30}:(?!//)|[-–−!])
    |(?P<infix>(?:AND|OR|OUTSIDE|(?:NEAR|ONEAR|BEFORE|WITHIN|W|PRE)(?:/\d+)?)(?=[\s()])
        |AROUND\ ?\(\d+\)|[|&+]+)
    |(?P<word>[^\s()"“”„«»|:]+)""",
    re.IGNORECASE | re.VERBOSE,
)


def check_cost(text: str) -> None:
    """Raise RuleError for too many terms or for rules too deep inside each other.

    What is counted is what is written, so that a mistake elsewhere in the rule does not
    matter here; the exact depth is known only when the rule was read.
    """
    terms, depth, prefixes = 0, 0, 0
    opened: list[int] = []  # the prefixes before each open bracket
    for piece in _PIECE.finditer(text):
        match piece.lastgroup:
            case "term" | "word":
                terms, prefixes = terms + 1, 0
            case "prefix":
                prefixes += 1
            case "open":
                opened.append(prefixes)
                depth, prefixes = depth + prefixes + 1, 0
            case "close" if opened:
                depth -= opened.pop() + 1
        if terms > MOST_TERMS:
            raise _too_many(piece.start())
        if depth + prefixes > DEEPEST:
            raise too_deep()


def _too_many(place: int) -> RuleError:
    return RuleError(
        f"more than {MOST_TERMS:,} words and phrases in one rule; split it into several campaigns", place + 1
    )


def too_deep() -> RuleError:
    """The mistake of a rule whose parts stand too deep inside each other."""
    return RuleError(f"rules stand inside rules more than {DEEPEST} deep; write it flatter", 1)
