"""Turns what a campaign says into rules with tiers: its event pack, its own rule, its none-of.

The rules are ordinary rules of the language, so that a person can read why something
was found. What an event is, is said here; how rules are evaluated, in `evaluation`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from aggregator.matching.barriers import shifted
from aggregator.matching.evaluation import anchors
from aggregator.matching.gatherings import ASSEMBLIES, MEETINGS
from aggregator.matching.terms import spell_out
from aggregator.records import Campaign, Pack, Tier
from aggregator.rules import (
    And,
    Case,
    Fact,
    Field,
    Hashtag,
    In,
    Near,
    Or,
    Person,
    Phrase,
    Place,
    Rule,
    Term,
    parse,
    terms_of,
)
from crawler.text import words
from crawler.text.folding import is_of_hashtag

# Words between, at most. A person and the subject: a few sentences; the others: about one.
PERSON_NEAR_SUBJECT = 80
GATHERING_NEAR_SUBJECT = 10
GATHERING_NEAR_PLACE = 15
EVENT_NEAR_SUBJECT = 60
# Days around the event on which a gathering on its subject is taken to be the event.
EVENT_DAYS = 2


@dataclass(frozen=True, slots=True)
class Clause:
    """A rule, the tier that it gives, and its meaning in words.

    `wakers` are terms of which one at least must stand in an article for the rule to hold;
    None where it may hold without. `proven` leaves out names in a headline that capitalises
    every word, where capitals say nothing; `is_own_rule` tells what a person wrote from what
    was made of the pack.
    """

    tier: Tier
    meaning: str
    rule: Rule
    wakers: frozenset[Term] | None
    proven: bool = False
    is_own_rule: bool = False


@dataclass(frozen=True)
class Plan:
    """What to look for on behalf of a campaign, nearest clause first.

    `labels` says to which part of the pack a term belongs ("host Local Progress").
    """

    campaign: Campaign
    clauses: tuple[Clause, ...]
    none_of: Rule | None
    labels: Mapping[Term, str]

    @property
    def wakers(self) -> frozenset[Term] | None:
        """Terms of which one at least must stand in an article worth judging; None if any article is."""
        wanted = [clause.wakers for clause in self.clauses]
        return None if None in wanted else frozenset().union(*filter(None, wanted))

    @property
    def people(self) -> Iterable[Person]:
        """The people whose name alone makes an article a near miss."""
        return (term for term in self.labels if isinstance(term, Person))


def plan(campaign: Campaign) -> Plan:
    """Compile a campaign. Raises RuleError where its rule or none-of cannot be read."""
    parts = _Parts.of(campaign.pack, campaign.own_domains)
    own_rule, none_of = _read(campaign.rule), _read(campaign.none_of)
    clauses = (*_fitting(own_rule), *_naming(parts), *_covering(parts, campaign), *_context(parts))
    return Plan(campaign, clauses, none_of, parts.labels())


def _read(written: str) -> Rule | None:
    return parse(written) if written.strip() else None


@dataclass(frozen=True)
class _Parts:
    """The terms of a pack, by part; each list maps a term to what a person wrote."""

    hashtags: Mapping[Term, str]
    names: Mapping[Term, str]
    hosts: Mapping[Term, str]
    people: Mapping[Term, str]
    places: Mapping[Term, str]
    context: Mapping[Term, str]
    links: Mapping[Term, str]

    @classmethod
    def of(cls, pack: Pack, own_domains: Iterable[str]) -> "_Parts":
        """The parts of a pack; what holds no word is passed over."""
        return cls(
            hashtags=_spell(pack.hashtags, _hashtag_forms),
            names=_spell(pack.names, _name_forms),
            hosts=_spell(pack.hosts, _host_forms),
            people=_spell(pack.people, lambda text: [_person(text)]),
            places=_spell(pack.places, lambda text: [_name(text)]),
            context=_spell(pack.context, lambda text: [_loose(text)]),
            links=_spell(own_domains, lambda text: [Phrase(text)]),
        )

    def labels(self) -> dict[Term, str]:
        """Each term with the part it belongs to and what was written there."""
        kinds = {
            "context": self.context,
            "place": self.places,
            "person": self.people,
            "link to": self.links,
            "host": self.hosts,
            "hashtag": self.hashtags,
            "name": self.names,
        }
        return {term: f"{kind} {text}" for kind, part in kinds.items() for term, text in part.items()}


def _spell(texts: Iterable[str], forms: Callable[[str], Sequence[Term]]) -> dict[Term, str]:
    written = (text.strip() for text in texts)
    return {term: text for text in written if _has_word(text) for term in forms(text)}


def _has_word(text: str) -> bool:
    return any(token[0].isalnum() for token in words(text).split())


def _hashtag_forms(text: str) -> list[Term]:
    hashtag = Hashtag(text.lstrip("#＃"))
    return [hashtag, *spell_out(hashtag, Case.NAME)]


def _name_forms(text: str) -> list[Term]:
    return [_name(text), *_joined(text)]


def _host_forms(text: str) -> list[Term]:
    handles = [Phrase(f"@{tag.tag}") for tag in _joined(text)]
    return [_name(text), *_joined(text), *handles]


def _joined(text: str) -> list[Hashtag]:
    """The hashtag people make of a name of several words."""
    parts = text.split()
    return [Hashtag("".join(parts))] if len(parts) > 1 and all(map(is_of_hashtag, "".join(parts))) else []


def _person(text: str) -> Term:
    return Person(text) if len(text.split()) > 1 else _name(text)


def _name(text: str) -> Phrase:
    """A proper name: capitals that were written are asked for."""
    return _with_stars(text, Case.NAME)


def _loose(text: str) -> Phrase:
    return _with_stars(text, Case.IGNORE)


def _with_stars(text: str, case: Case) -> Phrase:
    bare = text.strip("*").strip()
    # In Korean, particles are written onto the word.
    korean = "\uac00" <= bare[-1] <= "\ud7a3"
    return Phrase(bare, case=case, open_start=text.startswith("*"), open_end=text.endswith("*") or korean)


def _any(*parts: Iterable[Rule]) -> Rule | None:
    """An OR of what is there; None where nothing is."""
    items = tuple(dict.fromkeys(rule for part in parts for rule in part))
    return None if not items else items[0] if len(items) == 1 else Or(items)


def _fitting(own_rule: Rule | None) -> list[Clause]:
    if own_rule is None:
        return []
    meaning = "fits the campaign's own rule"
    return [Clause(Tier.NAMES_US, meaning, own_rule, anchors(own_rule), is_own_rule=True)]


def _naming(parts: _Parts) -> list[Clause]:
    """Named by hashtag, by name, by host; a mere headline with capitals all over is not enough."""
    naming = _any(parts.hashtags, parts.names, parts.hosts)
    if naming is None:
        return []
    wakers = frozenset(terms_of(naming))
    clauses = [Clause(Tier.NAMES_US, "has our name", naming, wakers, proven=True)]
    if subject := _any(parts.people, parts.context):
        meaning = "has our name in the headline and our subject beside it"
        clauses.append(Clause(Tier.COVERS_EVENT, meaning, And((naming, subject)), wakers))
    return clauses


def _covering(parts: _Parts, campaign: Campaign) -> list[Clause]:
    """The event without its name: people, gathering, place and subject near each other."""
    subject = _any(parts.context)
    if subject is None:
        return []
    found: list[tuple[str, Rule]] = []
    if people := _any(parts.people):
        found.append(("one of our people speaks of our subject", Near(subject, people, PERSON_NEAR_SUBJECT)))
    meeting_on_subject = Near(subject, MEETINGS, GATHERING_NEAR_SUBJECT)
    if places := _any(parts.places):
        found.append(("a gathering on our subject at our place", And((places, meeting_on_subject))))
        gathered_there = Near(places, ASSEMBLIES, GATHERING_NEAR_PLACE)
        meaning = "a gathering at our place, and our subject near it"
        found.append((meaning, Near(subject, gathered_there, EVENT_NEAR_SUBJECT)))
    if days := _event_days(campaign):
        found.append(
            ("a gathering on our subject on the days of the event", And((*days, meeting_on_subject)))
        )
    if links := _any(In(Place.LINK, link) for link in parts.links):
        found.append(("links to our site and speaks of our subject", And((subject, links))))
    wakers = frozenset(parts.context)
    return [Clause(Tier.COVERS_EVENT, meaning, rule, wakers) for meaning, rule in found]


def _event_days(campaign: Campaign) -> tuple[Rule, ...]:
    if campaign.starts_on is None or campaign.ends_on is None:
        return ()
    first, last = shifted(campaign.starts_on, -EVENT_DAYS), shifted(campaign.ends_on, EVENT_DAYS)
    return (Fact(Field.AFTER, first.isoformat()), Fact(Field.BEFORE, last.isoformat()))


def _context(parts: _Parts) -> list[Clause]:
    subject = _any(parts.context)
    if subject is None:
        return []
    return [
        Clause(Tier.CONTEXT, "speaks of our subject, not of the event", subject, frozenset(parts.context))
    ]


GATHERING_LABELS: Mapping[Term, str] = {
    phrase: f"gathering {phrase.text}" for phrase in MEETINGS.items if isinstance(phrase, Phrase)
}
