"""Explains what other tools know and this language does not, so that nothing of it is taken for a word.

What they have in common with it is simply read; docs/rules.md has the whole table.
"""

import re

from aggregator.errors import RuleError

_QUOTED = re.compile('["“”„«»][^"“”„«»]*["“”„«»]')
_MEANT = tuple(
    (re.compile(pattern, re.IGNORECASE), told)
    for pattern, told in (
        (r"(?<!\w)(?:cs|exact)\(", "case is asked for by case: before the word: case:ICE"),
        (r"(?<!\w)(?:atl|atleast|hcount|frequency)\d{0,4}\(", "how often is asked for by ATLEAST/3 A"),
        (r"(?<!\w)allin(?:title|text|url):", "write title:(A B) or text:(A B) for all words in one part"),
        (r"(?<!\w)(?:inurl|url):", "write domain:example.org for a site, link:example.org for a link to it"),
        (r"(?<!\w)location:", "write country:US for the outlet's country"),
        (r"(?<!\w)(?:publication_date|publish_date|date):", "write after:2017-03-26 before:2017-04-01"),
        (r"(?<=[\w)\"”])\^\d", "a rule says only whether an article counts, not how much: take the ^ out"),
        (r"(?<=\s)[wn]/[sp](?=\s)", "sentences and paragraphs are not counted: write NEAR/15 or NEAR/50"),
        (r"(?<=\s)adj\d{0,3}(?=\s)", "words in order are asked for by A BEFORE/5 B"),
        (r"(?<=\s)not\s+(?:o?near|w/\d)", "for what is not near anything there is no word; write A NOT B"),
        (
            r"(?<![\w'’])['‘](?=[^'’‘\"]{0,100}\s)\w[^'’‘\"]{0,100}['’](?!\w)",
            "a phrase stands in double quotation marks",
        ),
    )
)


def check_foreign(text: str) -> None:
    """Raise RuleError for the first thing in a rule that only other tools know."""
    bare = _QUOTED.sub(lambda quoted: '"' + "_" * (len(quoted.group()) - 2) + '"', text)
    found = [(place.start(), told) for pattern, told in _MEANT for place in pattern.finditer(bare)]
    if found:
        place, told = min(found)
        raise RuleError(told, place + 1)
