"""The outlet's name to show: the directory's, unless the page itself is plainly of another brand.

A directory knows domains; houses put sister titles under one domain, by sub-domain or path.
What names a page gives itself, and how they are weighed, is `crawler.extraction.outlet`'s.
"""

import re
from urllib.parse import urlsplit

from crawler.extraction.choose import Option, evidence
from crawler.extraction.document import Document
from crawler.extraction.names import label_of
from crawler.extraction.outlet import Outlets, hands_of, is_no_name
from crawler.extraction.wording import fold, script_of, squeeze, tokens
from crawler.records import Evidence, Outlet, Rival

_SHORTEST_WORD = 4
_INNER_CAPITAL = re.compile(r"[a-z][A-Z]")


def name_of(document: Document, listed: Outlet | None, candidates: Outlets) -> tuple[str, Evidence]:
    """The outlet's name with its evidence; `listed`: the directory's outlet for this address.

    At a listed address only what all who write a page agree on could say otherwise, so nothing is weighed.
    """
    is_known = listed is not None and _is_listed(document.url, listed)
    ranked = candidates.told() if is_known else candidates.ranked()
    if listed is None:
        guessed = set(ranked[0].found_by) <= {"domain", "host"}
        return ranked[0].value, evidence(ranked, "guessed from the domain" if guessed else None)
    if ranked and _is_another_brand(document, listed, ranked[0]):
        own, told = ranked[0], evidence(ranked)
        house = Rival(value=listed.name, found_by="the directory of outlets")
        found_by = f"{told.found_by}; a brand of its own at an address of {listed.name}"
        return own.value, Evidence(value=own.value, found_by=found_by, rivals=(house, *told.rivals))
    rivals = tuple(Rival(value=option.value, found_by=", ".join(option.found_by)) for option in ranked[:3])
    name = next((option.value for option in ranked[:3] if _is_own_spelling(option, listed.name)), listed.name)
    found_by = "the directory of outlets" + (", spelt as its page has it" if name != listed.name else "")
    return name, Evidence(value=name, found_by=found_by, rivals=rivals)


def _is_own_spelling(said: Option, known: str) -> bool:
    """Whether two hands part the letters of a known name otherwise ("Wales Online", not "WalesOnline").

    A name that the page has in one case throughout, or with its words run together, is an address and
    no spelling; case alone and lost accents are no reason to leave the directory's form.
    """
    theirs, ours = fold(said.value).removeprefix("the "), fold(known).removeprefix("the ")
    if theirs == ours or _letters(theirs) != _letters(ours):
        return False
    is_parted = len(theirs.split()) >= len(ours.split()) or _INNER_CAPITAL.search(said.value) is not None
    return is_parted and len(hands_of(said)) > 1 and not said.value.islower() and not said.value.isupper()


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _is_another_brand(document: Document, listed: Outlet, said: Option) -> bool:
    """Whether the page calls itself, in agreement with itself, by a name that is none of the outlet's.

    On a sub-domain that the directory does not list two hands must agree; at a listed address
    all three that write names, and the outlet's own name may stand nowhere on the page.
    """
    if is_no_name(said.value) or _is_related(said.value, listed):
        return False
    hands = hands_of(said)
    if _is_listed(document.url, listed):
        return hands >= {"metadata", "structured data", "title"} and not _is_named(document, listed)
    return len(hands) > 1


def _is_listed(url: str, listed: Outlet) -> bool:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return any(domain.partition("/")[0].removeprefix("www.") == host for domain in listed.domains)


def _is_related(name: str, listed: Outlet) -> bool:
    """Whether a name may be the outlet's own: a form, part or extension of one, its initials, its domain."""
    words, short = tokens(name), squeeze(name)
    for known in (listed.name, *listed.former_names):
        theirs, whole = tokens(known), squeeze(known)
        shared = any(len(word) >= _SHORTEST_WORD for word in set(words) & set(theirs))
        if shared or short in whole or whole in short or script_of(name) != script_of(listed.name):
            return True
        if short == "".join(word[0] for word in theirs) or whole == "".join(word[0] for word in words):
            return True
    labels = {squeeze(label_of(domain.partition("/")[0])) for domain in listed.domains}
    return any(label and (label in short or short in label) for label in labels)


def _is_named(document: Document, listed: Outlet) -> bool:
    said = squeeze(f"{document.title} {document.body_text}")
    return any(squeeze(known) in said for known in (listed.name, *listed.former_names))
