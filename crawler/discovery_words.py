"""What a discovery missed, in words: what answered and named nothing, what did not answer, and how. Pure.

A sentence for the front page, robots.txt and each kind of place that was not found, with a proposal.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from crawler.records import SourceKind
from crawler.spiders.order import FRONT_PAGE, Looked, Measured

_NAMES = {SourceKind.FEED: "feed", SourceKind.SITEMAP: "sitemap", SourceKind.SECTION: "section page"}
_NAMED_BY = {
    SourceKind.FEED: "the front page names none",
    SourceKind.SITEMAP: "robots.txt names none",
    SourceKind.SECTION: "the menus of the front page lead to none",
}
# What a person can do about it; a wall's words hold a proposal of their own.
_PROPOSALS = (
    (r"\(DNS\)", "see how its address is written"),
    (r"; ", ""),
    (r"refuses connections|connection failed|broke off|no complete answer|at the moment", "try again later"),
    (r"does not let us read", "ask the outlet whether we may, or use its newsletter or a search"),
    (r"robots\.txt cannot be read", "until it can be read, nothing may be asked there: try again later"),
    (r"asked for a pause", "try again then"),
    (r"public internet|name of this network", "allow an outlet of your own in [politeness] allowed_networks"),
    (r"web page \(HTML\)|no items|empty", "ask the outlet whether it has another"),
)
_NOT_ASKED = re.compile(r"robots\.txt|asked for a pause|public internet|name of this network")
_NONE = {
    SourceKind.FEED: "see whether its footer names one, or use its sitemap, a section page or its newsletter",
    SourceKind.SITEMAP: "its feeds and section pages do as well",
    SourceKind.SECTION: "add the address of one that you know",
}


def explain(told: Sequence[Looked | Measured]) -> tuple[str, ...]:
    """What was looked for and not found, a sentence each; nothing for what is well."""
    looked = {each.what: each for each in told if isinstance(each, Looked)}
    places = [each for each in told if isinstance(each, Measured)]
    home = looked.get(FRONT_PAGE)
    if home and not home.answered and all(_silence(place) == home.trouble for place in places):
        return (_with_proposal(f"nothing could be asked there: {home.trouble}"),)
    found = [*_explain_looks(looked.values())]
    for kind in _NAMES:
        of_kind = [place for place in places if place.kind is kind]
        if any(place.leads for place in of_kind):
            found.extend(_explain_named(of_kind))
        elif kind is not SourceKind.SECTION or not (any(place.leads for place in places) or _trouble(home)):
            found.append(_explain_none(kind, of_kind, _trouble(home) is None))
    return tuple(found)


def _trouble(home: Looked | None) -> str | None:
    return home.trouble if home else "it was not asked for"


def _silence(place: Measured) -> str | None:
    return None if place.answered else place.trouble


def _explain_looks(looked: Iterable[Looked]) -> Iterable[str]:
    for each in looked:
        if each.trouble:
            verb = "" if each.answered else " was not asked" if _left(each.trouble) else " does not answer"
            yield _with_proposal(f"{each.what}{verb}: {each.trouble}")


def _explain_named(places: Iterable[Measured]) -> Iterable[str]:
    """Places that the outlet itself names, beside others that could be read."""
    for place in places:
        if place.trouble and not place.leads and not place.is_guess:
            yield _with_proposal(f"the {_NAMES[place.kind]} {place.url} cannot be read: {place.trouble}")


def _explain_none(kind: SourceKind, places: Sequence[Measured], home_answered: bool) -> str:
    name = _NAMES[kind]
    named = [place for place in places if not place.is_guess]
    guessed = [place for place in places if place.is_guess]
    words = (
        _count(named, "of those that the outlet names")
        if named
        else [_NAMED_BY[kind]]
        if home_answered
        else []
    )
    words += _count(guessed, "of the usual addresses")
    silent = [place for place in places if not place.answered]
    if silent and len(silent) == len(places):
        return _with_proposal(f"no {name} could be asked for: {', '.join(words)}", silent[0].trouble or "")
    return f"no {name}: {', '.join(words)}; {_NONE[kind]}"


def _count(places: Sequence[Measured], what: str) -> list[str]:
    """ "9 of the usual addresses answered: not found (404)", "1 was not asked: robots.txt …"."""
    tallies = Counter((place.answered, place.trouble or "it lists nothing") for place in places)
    said: list[str] = []
    for (answered, trouble), number in tallies.most_common():
        left = "was not asked" if number == 1 else "were not asked"
        verb = "answered" if answered else left if _left(trouble) else "did not answer"
        subject = "" if said else f"{what} "
        said.append(f"{number} {subject}{verb}: {trouble.partition(';')[0]}")
    return said


def _left(trouble: str) -> bool:
    """Whether nothing was asked at all: because we may not, or not now."""
    return _NOT_ASKED.search(trouble) is not None


def _with_proposal(sentence: str, trouble: str = "") -> str:
    for pattern, proposal in _PROPOSALS:
        if re.search(pattern, trouble or sentence):
            return f"{sentence}; {proposal}" if proposal else sentence
    return sentence
