"""Which words an article must have for a rule to hold, so that a store can name candidates.

What is asked for is never more than what the matcher needs: candidates are all that match,
and some that do not. `index_words` says which words of an article a store has to keep.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from aggregator.matching.pack import plan
from aggregator.matching.pieces import texts_of
from aggregator.matching.sieve import whole_words
from aggregator.matching.vocabulary import patterns_of
from aggregator.records import Campaign
from aggregator.rules import And, AtLeast, Hashtag, In, Near, Or, Person, Phrase, Rule, Term
from crawler.records import Article, Zone
from crawler.text import Words
from crawler.text.words import is_character

# A new number, where what `index_words` gives becomes different: what was kept before is kept anew.
FORM = 3
LONGEST = 64  # characters of a word that are kept
_BETWEEN = "\n|\n"


@dataclass(frozen=True, slots=True, order=True)
class Word:
    """A word that must be there; with `goes_on` also as the beginning of a longer one."""

    text: str
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of these must be fulfilled; of nothing at all, any article does."""

    parts: tuple["Need", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of these must be fulfilled; of nothing at all, no article does."""

    parts: tuple["Need", ...]


Need = Word | AllOf | AnyOf


def index_words(article: Article) -> list[str]:
    """The words by which an article is found: folded, each once, in order.

    In scripts without blanks these are its characters, and each two that stand together.
    """
    texts = (text for zone, text in texts_of(article) if text and zone is not Zone.FURNITURE)
    # Folded as one text, which is cheaper; no word and no couple reaches over the sign between two.
    tokens = Words(_BETWEEN.join(texts)).tokens
    found = {token[:LONGEST] for token in set(tokens) if _is_word(token)}
    if not all(map(str.isascii, found)):
        found.update(_couples(tokens))
    return sorted(found)


def _couples(tokens: Iterable[str]) -> Iterator[str]:
    return (one + other for one, other in pairwise(tokens) if is_character(one) and is_character(other))


def _is_word(token: str) -> bool:
    return len(token) > 1 or token.isalnum() or token == "_"


def need_of(campaign: Campaign) -> Need | None:
    """What an article must have that may mention the campaign; None where any article may.

    Raises RuleError where a rule of the campaign cannot be read.
    """
    parts: list[Need | None] = []
    for clause in plan(campaign).clauses:
        if clause.wakers is None:
            return None
        own = clause.is_own_rule
        parts.append(need_of_rule(clause.rule) if own else _any_of(map(need_of_term, clause.wakers)))
    return _any_of(parts)


def need_of_rule(rule: Rule) -> Need | None:
    """What an article must have for a rule to hold; None where any article may do."""
    match rule:
        case Phrase() | Hashtag() | Person():
            return need_of_term(rule)
        case And(items):
            return _all_of(map(need_of_rule, items))
        case Near(one, other):
            return _all_of(map(need_of_rule, (one, other)))
        case Or(items):
            return _any_of(map(need_of_rule, items))
        case In(_, item) | AtLeast(_, item):
            return need_of_rule(item)
    return None


def need_of_term(term: Term) -> Need | None:
    """What an article must have for a term to stand in it, however it is written."""
    ways = {frozenset(_words_in(pattern.text)) for pattern in patterns_of(term)}
    if frozenset() in ways:
        return None
    fewest = [way for way in ways if not any(other < way for other in ways)]
    return _any_of(_all_of(sorted(way)) for way in sorted(fewest, key=sorted))


def _words_in(pattern: str) -> Iterator[Word]:
    """The words that a place of the pattern has: of an open end only what is sure."""
    whole = whole_words(pattern)
    together = [(a, b) for a, b in pairwise(whole) if is_character(a) and is_character(b)]
    coupled = {character for couple in together for character in couple}
    yield from (Word(one + other) for one, other in together)
    yield from (Word(token[:LONGEST]) for token in whole if _is_word(token) and token not in coupled)
    last = pattern.split()[-1]
    if pattern.startswith(" ") and not pattern.endswith(" ") and _is_word(last):
        yield Word(last[:LONGEST], goes_on=len(last) < LONGEST)


def _all_of(needs: Iterable[Need | None]) -> Need | None:
    parts = tuple(dict.fromkeys(need for need in needs if need is not None))
    return None if not parts else parts[0] if len(parts) == 1 else AllOf(parts)


def _any_of(needs: Iterable[Need | None]) -> Need | None:
    parts = tuple(dict.fromkeys(needs))
    if None in parts:
        return None
    sure = tuple(need for need in parts if need is not None)
    return sure[0] if len(sure) == 1 else AnyOf(sure)
