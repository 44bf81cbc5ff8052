"""Judges all stored articles again for one campaign: what would change, or the change itself.

What people decided stands in both. The change is made in short transactions, each of which
writes down how far it came, so that whoever is stopped in the middle goes on there. Judging
itself is left to `judges.Judges`, which articles may have changed to `store.search`.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from aggregator.judges import Judges, Matcher
from aggregator.linking import link_all
from aggregator.matching.needs import Need
from aggregator.records import Campaign, Exclusion, Mention, Status
from aggregator.store import articles, campaigns, entries, mentions, rematches, rows, search, stories
from aggregator.store.mentions import Held
from aggregator.store.rematches import Standing
from aggregator.store.session import Connection, Store
from crawler.clock import read_clock
from crawler.records import Article

Judgement = Mention | Exclusion

# Small, so that a reviewer who wants to write never waits long for a batch of ours.
BATCH = 100
# Mentions and exclusions that are held to be shown; of all others only the keys are.
MOST_NAMED = 1_000

# Hears how many articles were read, and how many are to be read.
Tell = Callable[[int, int], None]


def tell_nobody(done: int, of: int) -> None:
    """For whoever does not ask how far it is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """Who hears how far a re-match is, and the clock by which what it gains comes to the desk."""

    tell: Tell = tell_nobody
    clock: Callable[[], datetime] = read_clock


COURSE = Course()


@dataclass(frozen=True, kw_only=True, slots=True)
class Rematch:
    """What judging all articles anew changes for a campaign.

    Of all `articles`, `looked_at` were read: those that have the words that the campaign
    needs, and those that it held before. `tiers` counts all that is gained, `lost_in_all`
    all that is lost; named are the first `MOST_NAMED`. `accepted_lost` are articles of
    accepted entries in which nothing would mention the campaign any more; they stay on the
    list all the same, with a notice.
    """

    articles: int
    looked_at: int
    gained: tuple[Mention, ...] = ()
    tiers: Mapping[str, int] = field(default_factory=dict)
    lost: tuple[Exclusion, ...] = ()
    lost_in_all: int = 0
    accepted_lost: tuple[str, ...] = ()

    @property
    def gained_in_all(self) -> int:
        """How many are gained, named or not."""
        return sum(self.tiers.values())


def try_rematch(
    store: Store, campaign: Campaign, matcher: Matcher, need: Need | None = None, tell: Tell = tell_nobody
) -> Rematch:
    """What this form of the campaign would find and lose among all stored articles; nothing is changed.

    `need` is what an article must have for the campaign; without it, all are read.
    """
    changes = _Changes()
    wanted = _find_wanted(store, campaign, need)
    for some in _batches(store, wanted, after=""):
        with store.reading() as c:
            judged = judge_all(articles.some(c, some).values(), campaign, matcher)
            changes.add(judged, mentions.of_campaign(c, campaign.slug, some))
        tell(changes.looked_at, wanted.count)
    with store.reading() as c:
        return changes.sum_up(c, campaign, wanted.articles)


def rematch(
    store: Store, campaign: Campaign, judges: Judges, need: Need | None = None, course: Course = COURSE
) -> Rematch:
    """Judge the stored articles anew and make that hold; answers what changed.

    A story that mentions somebody now is looked up for its kin.

    May be stopped at any time, and goes on where it was left when it is called again for the
    same version. It ends early where somebody began it for another version meanwhile.
    """
    changes, matcher = _Changes(), judges.matcher([campaign])
    wanted = _find_wanted(store, campaign, need)
    with store.writing() as c:
        standing = begun = rematches.begin(c, campaign, wanted.count)
    for some in _batches(store, wanted, begun.after):
        with store.reading() as c:
            batch = articles.some(c, some)
        judged = judge_all(batch.values(), campaign, matcher)
        with store.writing() as c:
            changed = [one for key, one in articles.some(c, some).items() if batch.get(key) != one]
            judged |= judge_all(changed, campaign, matcher)
            other = changes.add(judged, mentions.of_campaign(c, campaign.slug, some))
            standing = changes.since(begun, after=some[-1])
            if not rematches.note(c, standing):
                break
            mentions.replace(c, other.values(), course.clock())
            anew: dict[str, set[str]] = {}
            for key, story_id in stories.of_articles(c, other).items():
                anew.setdefault(story_id, set()).add(key)
            entries.refresh(c, anew, anew=anew)
            link_all(c, anew, judges)
        course.tell(standing.done, wanted.count)
    with store.writing() as c:
        rematches.note(c, replace(standing, ended=True))
        return changes.sum_up(c, campaign, wanted.articles)


def end(c: Connection, slug: str, at: datetime) -> None:
    """Look for a campaign no more, also where a re-match is under way; all that was found and decided stays.

    Raises UnknownSubject.
    """
    campaigns.retire(c, slug, at)
    rematches.forget(c, slug)


def resume(c: Connection, slug: str) -> Campaign:
    """Look for an ended campaign again; what came meanwhile is still to be matched. Raises UnknownSubject."""
    campaigns.retire(c, slug, None)
    campaign = campaigns.get(c, slug)
    rematches.ask(c, campaign)
    return campaign


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The articles to be judged, by key and in order, or all of them; and how many there are in all."""

    keys: list[str] | None
    articles: int

    @property
    def count(self) -> int:
        return self.articles if self.keys is None else len(self.keys)


def _find_wanted(store: Store, campaign: Campaign, need: Need | None) -> _Wanted:
    """What comes in later is judged when it is taken in."""
    with store.reading() as c:
        keys = None if need is None else search.candidates(c, need) | mentions.keys_of(c, campaign.slug)
        return _Wanted(None if keys is None else sorted(keys), articles.count(c))


def _batches(store: Store, wanted: _Wanted, after: str) -> Iterator[list[str]]:
    """The keys behind `after`; where all are wanted, only a batch of them is held."""
    if wanted.keys is not None:
        yield from rows.batches(wanted.keys[bisect_right(wanted.keys, after) :], BATCH)
        return
    while True:
        with store.reading() as c:
            some = articles.keys_after(c, after, BATCH)
        if not some:
            return
        yield some
        after = some[-1]


def judge_all(batch: Iterable[Article], campaign: Campaign, matcher: Matcher) -> dict[str, Judgement]:
    """The judgement of each article for this campaign, by article key."""
    return {
        article.key: judgement
        for article in batch
        for judgement in matcher.judge(article).telling([campaign.slug])
        if judgement.campaign == campaign.slug
    }


@dataclass
class _Changes:
    """What judging changes, batch by batch."""

    looked_at: int = 0
    gained: list[Mention] = field(default_factory=list)
    tiers: Counter[str] = field(default_factory=Counter)
    lost: list[Exclusion] = field(default_factory=list)
    gained_keys: set[str] = field(default_factory=set)
    lost_keys: set[str] = field(default_factory=set)

    def add(self, judged: dict[str, Judgement], held: dict[str, Held]) -> dict[str, Judgement]:
        """Count a batch; answers those judgements that are not the ones that hold already."""
        self.looked_at += len(judged)
        gained, lost = _gains(judged, held), _losses(judged, held)
        self.gained += gained[: MOST_NAMED - len(self.gained)]
        self.lost += lost[: MOST_NAMED - len(self.lost)]
        self.tiers.update(str(one.tier) for one in gained)
        self.gained_keys.update(one.article_key for one in gained)
        self.lost_keys.update(one.article_key for one in lost)
        return {
            key: judgement
            for key, judgement in judged.items()
            if (held.get(key) != (judgement, None) if isinstance(judgement, Mention) else key in held)
        }

    def since(self, begun: Standing, after: str) -> Standing:
        """How far it is with all that was added since it began."""
        return replace(
            begun,
            after=after,
            done=begun.done + self.looked_at,
            gained=begun.gained + len(self.gained_keys),
            lost=begun.lost + len(self.lost_keys),
        )

    def sum_up(self, c: Connection, campaign: Campaign, there: int) -> Rematch:
        """All of it, for a store of so many articles."""
        return Rematch(
            articles=there,
            looked_at=self.looked_at,
            gained=tuple(self.gained),
            tiers=dict(self.tiers),
            lost=tuple(self.lost),
            lost_in_all=len(self.lost_keys),
            accepted_lost=tuple(self._accepted_lost(c, campaign)),
        )

    def _accepted_lost(self, c: Connection, campaign: Campaign) -> Iterator[str]:
        """Those lost articles in whose accepted entry nothing mentions the campaign any more."""
        for some in rows.batches(sorted(self.lost_keys), BATCH):
            homes = stories.of_articles(c, some)
            found = entries.of_stories(c, campaign, set(homes.values()))
            members = {member.article_key for entry in found.values() for member in entry.story.members}
            held = mentions.of_campaign(c, campaign.slug, members)
            holding = {key for key, (_, gone) in held.items() if gone is None} | self.gained_keys
            for key in some:
                entry = found.get(homes.get(key, ""))
                if entry and entry.status is Status.ACCEPTED:
                    keys = {member.article_key for member in entry.story.members}
                    if not keys & (holding - self.lost_keys):
                        yield key


def _gains(judged: dict[str, Judgement], held: dict[str, Held]) -> list[Mention]:
    """The mentions that did not hold before."""
    return [
        judgement
        for key, judgement in judged.items()
        if isinstance(judgement, Mention) and (key not in held or held[key][1] is not None)
    ]


def _losses(judged: dict[str, Judgement], held: dict[str, Held]) -> list[Exclusion]:
    """The exclusions of articles whose mention held before, unless a person brought them to the desk."""
    return [
        judgement
        for key, judgement in judged.items()
        if isinstance(judgement, Exclusion)
        and key in held
        and held[key][1] is None
        and held[key][0].brought_by is None
    ]
