"""Which entries are likely to be accepted, learnt from what was accepted and rejected before, in words.

A naive Bayes model over a few readable signs of an entry: how near it is, its outlet, the
zones and clauses that fired, remarks, words of the headline. It puts the desk in
an order that a person may ask for; it decides nothing, hides nothing and is the same for
the same decisions. Where the signs come from is left to `store.signs`.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aggregator.records import Mention, Tier
from crawler.text import words

# Fewer decisions than these say too little about a campaign's taste.
FEWEST = 20
FEWEST_OF_EACH = 5
MOST_TOLD = 3
_SEEN_OFTEN_ENOUGH = 2  # decisions in which a sign was there
_LEAST_TOLD = 0.25  # of a sign's weight, for it to be worth a sentence
_MOST_WORDS = 4  # of a headline: those that say most


@dataclass(frozen=True, kw_only=True, slots=True)
class Signs:
    """What is seen of an entry before anybody decides; a shown copy may have no mention of its own."""

    tier: Tier
    outlet: str
    headline: str
    mention: Mention | None = None


@dataclass(frozen=True, slots=True, order=True)
class Sign:
    """One thing that an entry has: what kind of thing, and which."""

    kind: str
    value: str


_SAID = {
    "tier": "that are “{}”",
    "outlet": "from {}",
    "zone": "with the mention in the {}",
    "clause": "with {}",
    "remark": "that are {}",
    "word": "with “{}” in the headline",
}


def signs_of(entry: Signs) -> tuple[Sign, ...]:
    """The signs of an entry, each once."""
    found = [Sign("tier", str(entry.tier)), Sign("outlet", entry.outlet)]
    if entry.mention is not None:
        for passage in entry.mention.passages:
            found.append(Sign("zone", str(passage.zone)))
            found += (Sign("clause", clause) for clause in passage.clause.split("; ") if clause)
        found += (Sign("remark", told) for mark, told in _REMARKS.items() if mark in entry.mention.reason)
    found += (Sign("word", word) for word in words(entry.headline).split() if len(word) > 3)
    return tuple(dict.fromkeys(found))


_REMARKS = {"second-hand: it cites": "second-hand", "the headline is that of a listing": "listings"}


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How likely an entry is to be accepted (a log-odds figure, only for comparing), and why, in words."""

    score: float
    reasons: tuple[str, ...]


class Taste:
    """What decisions say of the entries that a campaign wants."""

    def __init__(self, accepted: Iterable[Signs], rejected: Iterable[Signs]) -> None:
        self._accepted, self._rejected = Counter[Sign](), Counter[Sign]()
        self.accepted = self._count(accepted, self._accepted)
        self.rejected = self._count(rejected, self._rejected)

    @staticmethod
    def _count(entries: Iterable[Signs], counts: Counter[Sign]) -> int:
        every = [signs_of(entry) for entry in entries]
        for signs in every:
            counts.update(signs)
        return len(every)

    @property
    def is_known(self) -> bool:
        """Whether there are decisions enough to learn from."""
        enough = min(self.accepted, self.rejected) >= FEWEST_OF_EACH
        return enough and self.accepted + self.rejected >= FEWEST

    @property
    def told(self) -> str:
        """How far the learning is, as a sentence."""
        seen = f"{self.accepted} accepted and {self.rejected} rejected"
        if self.is_known:
            return f"Learnt from {seen} entries. Nothing is hidden; only the order is another."
        return (
            f"This order begins with {FEWEST} decisions, at least {FEWEST_OF_EACH} of each kind; "
            f"so far there are {seen}. Until then, the newest come first."
        )

    def judge(self, entry: Signs) -> Likelihood:
        """How likely the entry is to be accepted, as far as the decisions tell."""
        weights = {sign: self._weigh(sign) for sign in signs_of(entry)}
        strongest = sorted(weights, key=lambda sign: (-abs(weights[sign]), sign))
        words_left_out = [sign for sign in strongest if sign.kind == "word"][_MOST_WORDS:]
        counted = [sign for sign in strongest if sign not in words_left_out]
        best = {sign.kind: sign for sign in reversed(counted) if abs(weights[sign]) >= _LEAST_TOLD}
        told = [sign for sign in counted if best.get(sign.kind) == sign][:MOST_TOLD]
        reasons = tuple(self._explain(sign, weights[sign]) for sign in told)
        return Likelihood(math.fsum(weights[sign] for sign in counted), reasons)

    def _weigh(self, sign: Sign) -> float:
        """The logarithm of how much likelier the sign is among what was accepted (Laplace's rule)."""
        if self._accepted[sign] + self._rejected[sign] < _SEEN_OFTEN_ENOUGH:
            return 0.0
        among_accepted = (self._accepted[sign] + 1) / (self.accepted + 2)
        weight = math.log(among_accepted * (self.rejected + 2) / (self._rejected[sign] + 1))
        # The words of a headline come together; each alone says less.
        return weight / 2 if sign.kind == "word" else weight

    def _explain(self, sign: Sign, weight: float) -> str:
        yes, all_seen = self._accepted[sign], self._accepted[sign] + self._rejected[sign]
        what = _SAID[sign.kind].format(sign.value)
        return f"{'higher' if weight > 0 else 'lower'}: {yes} of {all_seen} {what} were accepted"


def likely_first(ids: Sequence[str], known: Mapping[str, Signs], taste: Taste) -> list[str]:
    """The same entries, the likeliest first; equals, and those without known signs, stay as they were."""
    scores = {each: taste.judge(known[each]).score for each in ids if each in known}
    return sorted(ids, key=lambda each: -scores.get(each, 0.0))
