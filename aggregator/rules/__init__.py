"""The rule language: what a person types, as a tree, and back again.

`parse` reads a rule and explains mistakes at their column; `show` writes a tree so that
`parse(show(rule)) == rule`. What a rule finds in an article is decided in
`aggregator.matching`; the language is described in docs/rules.md.
"""

from aggregator.rules.nodes import (
    And,
    AtLeast,
    Case,
    Fact,
    Field,
    Hashtag,
    In,
    Near,
    Not,
    Or,
    Person,
    Phrase,
    Place,
    Rule,
    Term,
    terms_of,
)
from aggregator.rules.reading import parse
from aggregator.rules.writing import show

__all__ = [
    "And",
    "AtLeast",
    "Case",
    "Fact",
    "Field",
    "Hashtag",
    "In",
    "Near",
    "Not",
    "Or",
    "Person",
    "Phrase",
    "Place",
    "Rule",
    "Term",
    "parse",
    "show",
    "terms_of",
]
