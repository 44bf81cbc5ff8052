"""Writes the tree of a rule as a person would type it, so that reading it gives the tree again."""

from aggregator.rules.nodes import (
    And,
    AtLeast,
    Case,
    Fact,
    Hashtag,
    In,
    Near,
    Not,
    Or,
    Person,
    Phrase,
    Rule,
)


def show(rule: Rule) -> str:
    """The rule as text; `parse(show(rule)) == rule`."""
    match rule:
        case And(items):
            return " AND ".join(_inside(item) for item in items)
        case Or(items):
            return " OR ".join(_inside(item) for item in items)
        case Near(one, other, distance, ordered):
            return f"{_inside(one)} {'BEFORE' if ordered else 'NEAR'}/{distance} {_inside(other)}"
        case Phrase() | Hashtag() | Person() | Fact():
            return _show_leaf(rule)
    return _show_prefixed(rule)


def _show_prefixed(rule: Not | AtLeast | In) -> str:
    match rule:
        case Not(item):
            return f"NOT {_inside(item)}"
        case AtLeast(times, item):
            return f"ATLEAST/{times} {_inside(item)}"
        case In(place, item):
            return f"{place}:{_inside(item)}"


def _show_leaf(rule: Phrase | Hashtag | Person | Fact) -> str:
    match rule:
        case Phrase():
            return _show_phrase(rule)
        case Hashtag(tag, split):
            return f"{_modifiers(rule.case, rule.accents)}{'words:' if split else ''}#{tag}"
        case Person(name):
            return f'person:"{name}"'
        case Fact(field, value):
            return f'{field}:"{value}"'


def _inside(rule: Rule) -> str:
    """The rule in brackets where it would otherwise run into its neighbours."""
    single = isinstance(rule, Hashtag | Person | Fact) or (isinstance(rule, Phrase) and not rule.outside)
    return show(rule) if single else f"({show(rule)})"


def _show_phrase(phrase: Phrase) -> str:
    stars = ("*" if phrase.open_start else "", "*" if phrase.open_end else "")
    shown = f'{_modifiers(phrase.case, phrase.accents)}"{stars[0]}{phrase.text}{stars[1]}"'
    if not phrase.outside:
        return shown
    longer = " OR ".join(f'"{text}"' for text in phrase.outside)
    return f"{shown} OUTSIDE ({longer})"


def _modifiers(case: Case, accents: bool) -> str:
    return ("" if case is Case.IGNORE else f"{case}:") + ("accents:" if accents else "")
