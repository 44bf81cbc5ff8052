"""What the tables hold about some stories, as the cases of which the desks' entries are made.

Of a very large story only the members that matter are read, where it is known which these are (`heads`).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Select, select

from aggregator.cases import Case, Rest
from aggregator.heads import Desks
from aggregator.records import Campaign, Decision, Story, Verdict
from aggregator.store import articles, crowds, decisions, mentions, outlet_names, rows, stories
from aggregator.store.mentions import Held
from aggregator.store.rows import KEYS
from aggregator.store.tables import article_versions, members
from aggregator.store.tables import articles as articles_table
from crawler.records import Article


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What the tables hold about some stories, by key."""

    stories: dict[str, Story]
    articles: dict[str, Article]
    updated: dict[str, Any]
    former: dict[str, str]
    mentions: dict[tuple[str, str], Held]
    decisions: dict[str, list[Decision]]
    desks: dict[str, Desks]
    rests: dict[str, Rest]


UPDATED: Select[Any] = select(articles_table.c.key, articles_table.c.updated_at).where(
    articles_table.c.key.in_(KEYS)
)
HEADLINES: Select[Any] = (
    select(article_versions.c.article_key, article_versions.c.headline)
    .where(article_versions.c.article_key.in_(KEYS))
    .order_by(article_versions.c.id)
)
CARRIERS: Select[Any] = (
    select(
        articles_table.c.key,
        articles_table.c.outlet,
        articles_table.c.outlet_slug,
        articles_table.c.headline,
        articles_table.c.url,
    )
    .join(members, members.c.article_key == articles_table.c.key)
    .where(members.c.story_id.in_(KEYS))
)


def load(c: Connection, story_ids: Iterable[str], looking: Sequence[Campaign]) -> Known:
    """Everything that is known about these stories for these campaigns, in a handful of queries."""
    found = stories.some(c, story_ids)
    desks = fitting_desks(c, found.values(), looking)
    whole = [each.article_key for story in found.values() if story.id not in desks for each in story.members]
    taken = decisions.about(c, whole, sorted(desks))
    keys = [*whole, *sorted(heads_of([found[each] for each in desks], desks, taken))]
    current = outlet_names.apply(c, articles.some(c, keys))
    return Known(
        stories=found,
        articles=current,
        updated=updated_at(c, keys),
        former=former_headlines(c, current),
        mentions=mentions.some(c, keys),
        decisions=by_subject(taken),
        desks=desks,
        rests=rests_of(c, [found[each] for each in desks], desks),
    )


def fitting_desks(c: Connection, found: Iterable[Story], looking: Sequence[Campaign]) -> dict[str, Desks]:
    """What is kept of the very large ones among these stories, where it is of the campaigns as they are."""
    large = [story.id for story in found if len(story.members) > crowds.LEAST]
    kept = crowds.desks(c, large) if large else {}
    versions = {campaign.slug: campaign.version for campaign in looking}
    return {
        story_id: each
        for story_id, each in kept.items()
        if all(desk.version == versions.get(slug, desk.version) for slug, desk in each.desks.items())
    }


def heads_of(found: Iterable[Story], desks: dict[str, Desks], taken: Iterable[Decision]) -> set[str]:
    """The members of very large stories that are to be read: that matter, are shown, or chosen by hand."""
    chosen = {key for each in taken if each.verdict is Verdict.SHOW for key in each.subjects}
    heads = set()
    for story in found:
        heads |= desks[story.id].heads | {story.shown}
        heads |= chosen & {member.article_key for member in story.members} if chosen else set()
    return heads


def rests_of(c: Connection, found: Sequence[Story], desks: dict[str, Desks]) -> dict[str, Rest]:
    """What all members of these very large stories amount to."""
    lines = {
        row.key: row
        for batch in rows.batches([story.id for story in found])
        for row in c.execute(CARRIERS, {"keys": batch})
    }
    carriers = outlet_names.of_carriers(c, lines) if lines else {}
    return {
        story.id: Rest(
            found_at=desks[story.id].found_at,
            updated_at=desks[story.id].updated_at,
            members=[carriers[member.article_key] for member in story.members],
        )
        for story in found
    }


def updated_at(c: Connection, keys: Collection[str]) -> dict[str, Any]:
    """When each article was last seen to change."""
    return {
        row.key: row.updated_at for batch in rows.batches(keys) for row in c.execute(UPDATED, {"keys": batch})
    }


def former_headlines(c: Connection, current: dict[str, Article]) -> dict[str, str]:
    """The headline that each page had before the one it has now, where it changed."""
    former: dict[str, str] = {}
    for batch in rows.batches(current):
        for row in c.execute(HEADLINES, {"keys": batch}):
            if row.headline != current[row.article_key].headline:
                former[row.article_key] = row.headline
    return former


def by_subject(found: Iterable[Decision]) -> dict[str, list[Decision]]:
    """The decisions under each article that they name or saw, and under the number of each one they undo.

    Each is narrowed to that subject: one that names a thousand articles would otherwise be
    looked through a thousand times.
    """
    index: dict[str, list[Decision]] = {}
    for decision in found:
        for key in decision.subjects:
            index.setdefault(key, []).append(replace(decision, subjects=(key,), along=()))
        for key in decision.along:
            index.setdefault(key, []).append(replace(decision, subjects=(), along=(key,)))
    return index


def decisions_on(story: Story, campaign: str, index: dict[str, list[Decision]]) -> list[Decision]:
    """The decisions about a story that count for a campaign, narrowed to it, with all undoing of them."""
    found: dict[int, list[Decision]] = {}
    fresh = [member.article_key for member in story.members]
    while fresh:
        known = set(found)
        for decision in (decision for key in fresh for decision in index.get(key, ())):
            found.setdefault(decision.id, []).append(decision)
        fresh = [str(number) for number in found if number not in known]
    return [
        replace(
            parts[0],
            subjects=tuple(key for part in parts for key in part.subjects),
            along=tuple(key for part in parts for key in part.along),
        )
        for parts in found.values()
        if parts[0].campaign in (campaign, None)
    ]


def make_case(campaign: str, story: Story, known: Known) -> Case:
    """What is known about one story at one campaign's desk."""
    keys = [each.article_key for each in story.members if each.article_key in known.articles]
    held = {key: known.mentions[campaign, key] for key in keys if (campaign, key) in known.mentions}
    return Case(
        story=story,
        articles={key: known.articles[key] for key in keys},
        mentions={key: mention for key, (mention, _) in held.items()},
        gone={key: reason for key, (_, reason) in held.items() if reason is not None},
        decisions=decisions_on(story, campaign, known.decisions),
        updated={key: known.updated[key] for key in keys},
        former={key: known.former[key] for key in keys if key in known.former},
        rest=known.rests.get(story.id),
    )
