"""Reads a rule that a person typed into a tree (grammar: rules.lark), or says where it goes wrong.

What was probably meant is guessed in `mistakes`.
"""

import re
from functools import cache
from pathlib import Path

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedInput, VisitError

from aggregator.errors import RuleError
from aggregator.rules import mistakes
from aggregator.rules.cost import DEEPEST, check_cost, too_deep
from aggregator.rules.fields import apply_field
from aggregator.rules.foreign import check_foreign
from aggregator.rules.nodes import And, AtLeast, Hashtag, Near, Not, Or, Person, Phrase, Rule, parts_of
from crawler.text import words
from crawler.text.folding import is_of_hashtag

LONGEST = 10_000  # characters
LONGEST_PHRASE = 200  # words and signs
MOST_OUTSIDE = 20  # longer words and phrases
LONGEST_HASHTAG = 280  # characters: as long as a post may be
NEAR = 4  # words between, where a rule says NEAR without a number
FARTHEST = 1_000
SHORTEST_STEM = 3  # letters before a *; one in scripts that write a word in a character or two

_JOINED_NEAR = re.compile(r"NEAR(\d{1,4})", re.IGNORECASE)
_MISPLACED = {
    "*": "a * may stand only at the beginning or end of a word or phrase",
    "?": "a ? stands for nothing; write the forms: color OR colour",
}
_OPERATORS = {"AND", "OR", "NOT", "NEAR", "ONEAR", "OUTSIDE"}


def parse(text: str) -> Rule:
    """Read a rule. Raises RuleError, which names the column (from 1) and what was probably meant."""
    mistakes.check_characters(text, LONGEST)
    check_cost(text)
    check_foreign(text)
    try:
        rule = _parser().parse(text)
    except UnexpectedInput as error:
        raise mistakes.explain(text, error) from None
    except VisitError as error:
        if isinstance(error.orig_exc, RuleError):
            raise error.orig_exc from None
        raise
    assert isinstance(rule, Rule)
    _check_depth(rule)
    return rule


@cache
def _parser() -> Lark:
    grammar = Path(__file__).with_name("rules.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", maybe_placeholders=False, transformer=_Builder())


def _check_depth(rule: Rule) -> None:
    level = [rule]
    for _ in range(DEEPEST):
        level = [part for whole in level for part in parts_of(whole)]
        if not level:
            return
    raise too_deep()


@v_args(inline=True)
class _Builder(Transformer[Token, Rule]):
    """What the parser calls for each piece of the grammar; every method gives a Rule."""

    def any_of(self, *items: Rule) -> Rule:
        return Or(items)

    def all_of(self, *items: Rule) -> Rule:
        return And(items)

    def opposite(self, item: Rule) -> Rule:
        return Not(item)

    def near(self, one: Rule, distance: Token, other: Rule) -> Rule:
        for side in (one, other):
            _check_side(side, distance)
        return Near(one, other, _read_distance(distance), _is_ordered(distance))

    def field(self, name: Token, item: Rule) -> Rule:
        return apply_field(str(name[:-1]), item, _column(name))

    def at_least(self, times: Token, item: Rule) -> Rule:
        _check_side(item, times)
        number = int(times.split("/")[1])
        if not 1 <= number <= FARTHEST:
            raise RuleError(f"ATLEAST/n counts from 1 to {FARTHEST}", _column(times))
        return AtLeast(number, item)

    def outside(self, inner: Rule, outer: Rule) -> Rule:
        longer = outer.items if isinstance(outer, Or) else (outer,)
        texts = tuple(phrase.text for phrase in longer if isinstance(phrase, Phrase))
        if not isinstance(inner, Phrase) or len(texts) != len(longer):
            raise RuleError('OUTSIDE stands between words: "京都" OUTSIDE ("東京都" OR "東京都庁")', 1)
        if len(texts) > MOST_OUTSIDE:
            raise RuleError(f"OUTSIDE takes at most {MOST_OUTSIDE} words and phrases", 1)
        return Phrase(inner.text, inner.case, inner.accents, inner.open_start, inner.open_end, texts)

    def quoted(self, token: Token) -> Rule:
        text, _, slop = (
            token[1:].rpartition(token[-1]) if token[-1] in mistakes.QUOTES else _split_slop(token)
        )
        if slop:
            return _read_loose_phrase(text, int(slop), _column(token))
        return _read_phrase(text, _column(token) + 1)

    def hashtag(self, token: Token) -> Rule:
        if len(token) > LONGEST_HASHTAG:
            raise RuleError(f"a hashtag has at most {LONGEST_HASHTAG} characters", _column(token))
        for place, character in enumerate(token[1:], start=1):
            if not is_of_hashtag(character):
                raise RuleError(
                    f"a hashtag ends before {character}; letters, digits and _ belong to it",
                    _column(token) + place,
                )
        return Hashtag(str(token[1:]))

    def word(self, token: Token) -> Rule:
        if token in _OPERATORS:
            raise RuleError(
                f'{token} needs something on both sides; for the word itself write "{token}"', _column(token)
            )
        if number := _JOINED_NEAR.fullmatch(token):
            raise RuleError(f"did you mean NEAR/{number.group(1)}?", _column(token))
        return _read_phrase(str(token), _column(token))


def _column(token: Token) -> int:
    return (token.start_pos or 0) + 1


def _split_slop(token: str) -> tuple[str, str, str]:
    text, _, slop = token[1:].rpartition("~")
    return text[:-1], "~", slop


def _read_phrase(text: str, column: int) -> Phrase:
    open_start, open_end = text.startswith("*"), len(text) > 1 and text.endswith("*")
    bare = text.removeprefix("*").removesuffix("*").strip()
    if "*" in bare or "?" in bare.rstrip("?"):
        inner, sign = min((place, sign) for sign in "*?" if (place := text.find(sign, int(sign == "*"))) >= 0)
        raise RuleError(_MISPLACED[sign], column + inner)
    found = words(bare).split()
    if not any(word[0].isalnum() for word in found):
        raise RuleError(f'nothing to look for in "{text}"; write a word', column)
    if len(found) > LONGEST_PHRASE:
        raise RuleError(f"a phrase has at most {LONGEST_PHRASE} words; look for a part of it", column)
    stem = "".join(found)
    if (open_start or open_end) and len(stem) < SHORTEST_STEM and stem.isascii():
        raise RuleError(f"{text} would find too much; write at least {SHORTEST_STEM} letters", column)
    return Phrase(bare, open_start=open_start, open_end=open_end)


def _read_loose_phrase(text: str, slop: int, column: int) -> Rule:
    """The words of a `"phrase"~10`, at most so many words between each and the next, in any order."""
    _check_number(slop, column)
    pieces = [_read_phrase(word, column) for word in text.split()]
    if not pieces:
        raise RuleError("nothing to look for between the quotation marks", column)
    rule: Rule = pieces[0]
    for piece in pieces[1:]:
        rule = Near(rule, piece, slop)
    return rule


def _read_distance(token: Token) -> int:
    digits = "".join(character for character in token if character.isdigit())
    number = int(digits) if digits else NEAR
    _check_number(number, _column(token))
    return number


def _check_number(number: int, column: int) -> None:
    if number > FARTHEST:
        raise RuleError(f"{number} words is too far; up to {FARTHEST}, or write AND", column)


def _is_ordered(token: Token) -> bool:
    return token.upper().startswith(("BEFORE", "ONEAR", "PRE"))


def _check_side(side: Rule, operator: Token) -> None:
    """NEAR, BEFORE and ATLEAST measure words: they need something that stands in the text."""
    pending = [side]
    while pending:
        rule = pending.pop()
        if isinstance(rule, Or):
            pending.extend(rule.items)
        elif not isinstance(rule, Phrase | Hashtag | Person | Near):
            raise RuleError(
                f"{operator} stands between words, phrases, hashtags or brackets of them joined by OR; "
                "AND, NOT and fields go outside",
                _column(operator),
            )
