"""The tree of a rule: frozen records that do nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Case(StrEnum):
    """What capitals mean in a term.

    NAME asks for a capital where the term has one, so that "Local Progress" is found in
    "LOCAL PROGRESS" but not in "local progress"; MATCH asks for exactly the same letters.
    """

    IGNORE = "ignore"
    NAME = "name"
    MATCH = "case"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order, whole words unless an end is open (`immigra*`, `*asyl*`).

    `accents` asks for exactly these accents. `outside` are longer words or phrases inside
    which it does not count (`京都 OUTSIDE 東京都`).
    """

    text: str
    case: Case = Case.IGNORE
    accents: bool = False
    open_start: bool = False
    open_end: bool = False
    outside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hashtag:
    """A hashtag (written here without its #); `split` also takes its words as a phrase."""

    tag: str
    split: bool = False
    case: Case = Case.IGNORE
    accents: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A person by full name, with initials or a middle name, or by title and surname."""

    name: str


Term = Phrase | Hashtag | Person


@dataclass(frozen=True, slots=True)
class Near:
    """Two things with at most `distance` words between them, in this order if `ordered`."""

    one: "Rule"
    other: "Rule"
    distance: int
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Something that stands in the article at least so many times."""

    times: int
    item: "Rule"


class Place(StrEnum):
    """The part of an article to which `In` narrows a rule."""

    TITLE = "title"
    TEXT = "text"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class In:
    """A rule that looks only at the headline, at what is not the headline, or at link targets."""

    place: Place
    item: "Rule"


class Field(StrEnum):
    """What is known of an article besides its words."""

    AUTHOR = "author"
    OUTLET = "outlet"
    DOMAIN = "domain"
    LANG = "lang"
    COUNTRY = "country"
    SCOPE = "scope"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Fact:
    """A field and the value it must have; days are written 2017-03-28."""

    field: Field
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a rule."""

    item: "Rule"


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more rules."""

    items: tuple["Rule", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more rules."""

    items: tuple["Rule", ...]


Rule = Phrase | Hashtag | Person | Near | AtLeast | In | Fact | Not | And | Or


def terms_of(rule: Rule) -> Iterator[Term]:
    """Every term that a rule looks for, in the order written."""
    if isinstance(rule, Term):
        yield rule
    else:
        for part in parts_of(rule):
            yield from terms_of(part)


def parts_of(rule: Rule) -> tuple["Rule", ...]:
    """The rules of which a rule is made; empty for terms and facts."""
    match rule:
        case And(items) | Or(items):
            return items
        case Near(one, other):
            return (one, other)
        case Not(item) | AtLeast(_, item) | In(_, item):
            return (item,)
    return ()
