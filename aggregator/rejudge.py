"""Judges all stored articles again after a changed rule; grouping them again is for `regrouping`.

It comes in two forms, one that only says what would change and one that makes it so;
what people decided stands in both. Judging itself is left to a `Matcher`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from aggregator.matching.needs import Need
from aggregator.placing import Matcher
from aggregator.records import Campaign, Exclusion, Mention, Status
from aggregator.store import articles, entries, mentions, rows, search, stories
from aggregator.store.mentions import Held
from aggregator.store.session import Connection, Store
from crawler.records import Article

Judgement = Mention | Exclusion

# Small, so that a reviewer who wants to write never waits long for a batch of ours.
BATCH = 100


# Hears how many articles were read, and how many are to be read.
Tell = Callable[[int, int], None]


def tell_nobody(done: int, of: int) -> None:
    """For whoever does not ask how far it is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rematch:
    """What judging all articles anew changes for a campaign.

    Of all `articles`, `looked_at` were read: those that have the words that the campaign
    needs, and those that it held before. `accepted_lost` are articles of accepted entries in
    which nothing would mention the campaign any more; they stay on the list all the same,
    with a notice.
    """

    articles: int
    looked_at: int
    gained: tuple[Mention, ...] = ()
    lost: tuple[Exclusion, ...] = ()
    accepted_lost: tuple[str, ...] = ()


def try_rematch(
    store: Store, campaign: Campaign, matcher: Matcher, need: Need | None = None, tell: Tell = tell_nobody
) -> Rematch:
    """What this form of the campaign would find and lose among all stored articles; nothing is changed.

    `need` is what an article must have for the campaign; without it, all are read.
    """
    looked_at, gained, lost = 0, [], []
    keys, total = keys_to_read(store, campaign, need)
    with store.reading() as c:
        for some in rows.batches(keys, BATCH):
            batch = list(articles.some(c, some).values())
            looked_at += len(batch)
            held = mentions.of_campaign(c, campaign.slug, some)
            judged = judge_all(batch, campaign, matcher)
            gained += gains(judged, held)
            lost += losses(judged, held)
            tell(looked_at, len(keys))
        return Rematch(
            articles=total,
            looked_at=looked_at,
            gained=tuple(gained),
            lost=tuple(lost),
            accepted_lost=tuple(accepted_among(c, campaign, gained, lost)),
        )


def rematch(
    store: Store, campaign: Campaign, matcher: Matcher, need: Need | None = None, tell: Tell = tell_nobody
) -> Rematch:
    """Judge the stored articles anew and make that hold; answers what changed.

    Goes in short transactions and may be stopped and begun again at any time.
    """
    looked_at, gained, lost = 0, [], []
    keys, total = keys_to_read(store, campaign, need)
    for some in rows.batches(keys, BATCH):
        with store.reading() as c:
            batch = articles.some(c, some)
        judged = judge_all(batch.values(), campaign, matcher)
        with store.writing() as c:
            changed = [one for key, one in articles.some(c, some).items() if batch.get(key) != one]
            judged |= judge_all(changed, campaign, matcher)
            held = mentions.of_campaign(c, campaign.slug, some)
            gained += gains(judged, held)
            lost += losses(judged, held)
            other = differing(judged, held)
            mentions.replace(c, other.values())
            entries.refresh(c, set(stories.of_articles(c, other).values()))
        looked_at += len(batch)
        tell(looked_at, len(keys))
    with store.reading() as c:
        accepted = accepted_among(c, campaign, gained, lost)
    return Rematch(
        articles=total,
        looked_at=looked_at,
        gained=tuple(gained),
        lost=tuple(lost),
        accepted_lost=tuple(accepted),
    )


def keys_to_read(store: Store, campaign: Campaign, need: Need | None) -> tuple[list[str], int]:
    """The articles to be judged for a campaign, in the order of their keys, and how many there are in all.

    What comes in later is judged when it is taken in.
    """
    with store.reading() as c:
        if need is None:
            keys = articles.keys(c)
            return keys, len(keys)
        wanted = search.candidates(c, need) | mentions.keys_of(c, campaign.slug)
        return sorted(wanted), articles.count(c)


def index(store: Store, tell: Tell = tell_nobody) -> int:
    """Keep the words of those articles whose words are not kept yet; answers how many.

    Goes in short transactions and may be stopped and begun again at any time.
    """
    with store.reading() as c:
        keys = search.unkept(c)
    done = 0
    for some in rows.batches(keys, BATCH):
        with store.writing() as c:
            for key in articles.some(c, some):
                search.keep(c, key)
        done += len(some)
        tell(done, len(keys))
    return done


def judge_all(batch: Iterable[Article], campaign: Campaign, matcher: Matcher) -> dict[str, Judgement]:
    """The judgement of each article for this campaign, by article key."""
    return {
        article.key: judgement
        for article in batch
        for judgement in matcher.judge(article)
        if judgement.campaign == campaign.slug
    }


def differing(judged: dict[str, Judgement], held: dict[str, Held]) -> dict[str, Judgement]:
    """Those judgements that are not the ones that hold already."""
    return {
        key: judgement
        for key, judgement in judged.items()
        if (held.get(key) != (judgement, None) if isinstance(judgement, Mention) else key in held)
    }


def gains(judged: dict[str, Judgement], held: dict[str, Held]) -> list[Mention]:
    """The mentions that did not hold before."""
    return [
        judgement
        for key, judgement in judged.items()
        if isinstance(judgement, Mention) and (key not in held or held[key][1] is not None)
    ]


def losses(judged: dict[str, Judgement], held: dict[str, Held]) -> list[Exclusion]:
    """The exclusions of articles whose mention held before, unless a person brought them to the desk."""
    return [
        judgement
        for key, judgement in judged.items()
        if isinstance(judgement, Exclusion)
        and key in held
        and held[key][1] is None
        and held[key][0].brought_by is None
    ]


def accepted_among(
    c: Connection, campaign: Campaign, gained: Sequence[Mention], lost: Sequence[Exclusion]
) -> list[str]:
    """Those lost articles in whose accepted entry nothing mentions the campaign any more."""
    missing = {one.article_key for one in lost}
    homes = stories.of_articles(c, missing)
    found = entries.of_stories(c, campaign, set(homes.values()))
    keys = {member.article_key for entry in found.values() for member in entry.story.members}
    held = mentions.of_campaign(c, campaign.slug, keys)
    holding = {key for key, (_, gone) in held.items() if gone is None} | {one.article_key for one in gained}
    return [
        key
        for key in sorted(missing)
        if (entry := found.get(homes.get(key, "")))
        and entry.status is Status.ACCEPTED
        and not any(one.article_key in holding - missing for one in entry.story.members)
    ]
