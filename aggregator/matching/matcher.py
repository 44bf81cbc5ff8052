"""Judges one article for all campaigns: which it mentions, how near, where and why, and why not."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from aggregator.matching.barriers import Barrier, first_barrier, whose_voice
from aggregator.matching.evaluation import Found, View, find, may_hold
from aggregator.matching.evidence import label_of, passages, whole_headline
from aggregator.matching.facts import Facts, domains_of
from aggregator.matching.pack import GATHERING_LABELS, Clause, Plan, plan
from aggregator.matching.pieces import OWN_ZONES, lay_out
from aggregator.matching.remarks import remarks
from aggregator.matching.vocabulary import Sighting, Sightings, Vocabulary
from aggregator.records import Campaign, Exclusion, Mention
from aggregator.rules import Person, Term
from crawler.records import Article, Outlet, Zone

Verdict = Mention | Exclusion


class Matcher:
    """All campaigns, compiled once. Judging is pure; a matcher may be used for any number of articles.

    `outlets` tell scope and country. Raises RuleError where a campaign's rule cannot be read.
    """

    def __init__(self, campaigns: Iterable[Campaign], outlets: Iterable[Outlet] = ()) -> None:
        self._plans = tuple(plan(campaign) for campaign in campaigns)
        self._outlets = {outlet.slug: outlet for outlet in outlets}
        self._woken_by: dict[Term, list[int]] = {}
        self._neared_by: dict[Person, list[int]] = {}
        self._always: list[int] = []
        self._at_home: dict[str, list[int]] = {}
        for number, made in enumerate(self._plans):
            self._register(number, made)
        self._vocabulary = Vocabulary(self._woken_by, self._neared_by, beside=GATHERING_LABELS)
        self._number_of = {made.campaign.slug: number for number, made in enumerate(self._plans)}

    def _register(self, number: int, made: Plan) -> None:
        if made.wakers is None:
            self._always.append(number)
        for term in made.wakers or ():
            self._woken_by.setdefault(term, []).append(number)
        for person in made.people:
            self._neared_by.setdefault(person, []).append(number)
        for domain in (*made.campaign.own_domains, *made.campaign.partner_domains):
            self._at_home.setdefault(domain.partition("/")[0], []).append(number)

    def judge(self, article: Article) -> "Verdicts":
        """A verdict for each campaign, in the order in which they were given."""
        facts = Facts(article, self._outlets.get(article.outlet_slug or ""))
        sightings = self._vocabulary.look_over(lay_out(article), whatever_there_is=bool(self._always))
        awake = frozenset(self._awake(article, sightings))
        near = frozenset(chain.from_iterable(self._neared_by[person] for person in sightings.people))
        return Verdicts(self._plans, self._number_of, facts, sightings, awake, near)

    def _awake(self, article: Article, sightings: Sightings) -> Iterator[int]:
        yield from self._always
        for term in sightings.terms:
            yield from self._woken_by.get(term, ())
        if self._at_home:
            for domain in domains_of(article):
                yield from self._at_home.get(domain, ())


@dataclass(frozen=True, eq=False)
class Verdicts:
    """What an article is to each campaign, in their order; each verdict is made when it is asked for.

    Of thousands of campaigns an article may mention a few, those that are `awake` for it;
    those that are `near` have only a person in it. All others have none of their words in it.
    """

    plans: Sequence[Plan]
    number_of: Mapping[str, int]
    facts: Facts
    sightings: Sightings
    awake: frozenset[int]
    near: frozenset[int]

    def __iter__(self) -> Iterator[Verdict]:
        return map(self._judge, range(len(self.plans)))

    def telling(self, asked: Collection[str] = ()) -> Sequence[Verdict]:
        """The verdicts of campaigns that it may mention or whose site it is from, and of those asked for."""
        known = {self.number_of[slug] for slug in asked if slug in self.number_of}
        return [self._judge(number) for number in sorted(self.awake | known)]

    def _judge(self, number: int) -> Verdict:
        made = self.plans[number]
        if number in self.awake or number in self.near:
            return _Case(made, self.facts, self.sightings).verdict()
        return _asleep(self.facts.article, made.campaign)


def _asleep(article: Article, campaign: Campaign) -> Exclusion:
    reason = "none of its words stand in the article"
    return Exclusion(article_key=article.key, campaign=campaign.slug, cause="no match", reason=reason)


@dataclass(frozen=True)
class _Case:
    """One article before one campaign."""

    plan: Plan
    facts: Facts
    sightings: Sightings

    def verdict(self) -> Verdict:
        possible = [clause for clause in self.plan.clauses if may_hold(clause.rule, self.sightings)]
        for clause in possible:
            if (found := find(clause.rule, self._view(clause))) is not None:
                return self._decide(clause, found)
        return self._missed(possible)

    def _view(self, clause: Clause) -> View:
        if not clause.proven or not self.facts.article.text:
            return self._plain_view
        return replace(self._plain_view, doubtful=self._doubtful, doubts=self._is_unproven, _seen={})

    @cached_property
    def _plain_view(self) -> View:
        return View(self.sightings, self.facts.knows)

    @cached_property
    def _doubtful(self) -> frozenset[int]:
        """Headlines that give every word a capital: there, capitals do not prove a name."""
        pieces = enumerate(self.sightings.pieces)
        return frozenset(n for n, piece in pieces if piece.zone is Zone.HEADLINE and piece.in_title_case)

    def _is_unproven(self, sighting: Sighting) -> bool:
        return not self._is_acronym(sighting)

    def _is_acronym(self, sighting: Sighting) -> bool:
        """Whether it stands in capitals throughout, in a headline that does not."""
        words = self.sightings.pieces[sighting.piece].words
        start, end = words.span(sighting.first, sighting.last)
        return words.original[start:end].isupper() and not words.original.isupper()

    def _decide(self, clause: Clause, found: Found) -> Verdict:
        barrier = first_barrier(self.plan.campaign, self.facts) or self._unwanted()
        if barrier is not None:
            return self._exclude(barrier, found)
        article, campaign = self.facts.article, self.plan.campaign
        shown = passages(self.sightings.pieces, found, self.plan.labels)
        return Mention(
            article_key=article.key,
            campaign=campaign.slug,
            tier=clause.tier,
            passages=shown or whole_headline(article, clause.meaning),
            reason=self._explain(clause, found),
            rules_version=campaign.version,
        )

    def _unwanted(self) -> Barrier | None:
        if self.plan.none_of is None:
            return None
        found = find(self.plan.none_of, self._plain_view)
        if found is None:
            return None
        words = self._name(found) or "a fact about it"
        return Barrier("none of", f"the campaign wants none of what has {words}")

    def _explain(self, clause: Clause, found: Found) -> str:
        seen = self._name(found)
        reason = f"{clause.tier}: {clause.meaning}" + (f": {seen}" if seen else "")
        campaign = self.plan.campaign
        if self.facts.article.published is None and (campaign.starts_on or campaign.ends_on):
            reason += "; its date is not known, so that it may lie outside the window"
        return "; ".join([reason, *remarks(self.facts.article)])

    def _name(self, found: Found) -> str:
        """The terms found, each with the zones where it stands, the first five."""
        pieces = self.sightings.pieces
        labels = {term: label_of(term, self.plan.labels) for term in dict.fromkeys(s.term for s in found)}
        zones: dict[str, dict[str, None]] = {}
        for sighting in found:
            zones.setdefault(labels[sighting.term], {})[pieces[sighting.piece].zone.value] = None
        named = [f"{label} in {' and '.join(where)}" for label, where in zones.items()]
        return ", ".join(named[:5]) + (f" and {len(named) - 5} more" if len(named) > 5 else "")

    def _exclude(self, barrier: Barrier, found: Found = ()) -> Exclusion:
        return Exclusion(
            article_key=self.facts.article.key,
            campaign=self.plan.campaign.slug,
            cause=barrier.cause,
            reason=barrier.reason,
            passages=passages(self.sightings.pieces, found, self.plan.labels),
        )

    def _missed(self, possible: Sequence[Clause]) -> Exclusion:
        if (barrier := whose_voice(self.plan.campaign, self.facts)) is not None:
            return self._exclude(barrier)
        furniture = self._plain_view.within(frozenset({Zone.FURNITURE}))
        for clause in possible:
            if found := find(clause.rule, furniture):
                reason = f"only {self._name(found)}: navigation, links, comments, bios or advertising"
                return self._exclude(Barrier("only in furniture", reason), found)
        return self._came_near()

    def _came_near(self) -> Exclusion:
        view = self._plain_view.within(OWN_ZONES | {Zone.LINK})
        found = tuple(s for term in self.plan.labels for s in find(term, view) or ())
        if not found:
            return self._exclude(
                Barrier("no match", "the words it has in common with the campaign do not count")
            )
        reason = f"has {self._name(found)}, but nothing that ties it to the event"
        return self._exclude(Barrier("no match", reason), found)
