"""Finds which other stories a story is kin to and keeps the links; what makes kin is judged by `Judges`.

Links are for those who look at a desk: they are kept between two stories of which at least one
mentions a campaign, or once did. Nine articles in ten mention nobody and cost one question.
"""

from collections.abc import Collection

from aggregator.judges import Judges, Kin, Sketch
from aggregator.records import Link, Relation
from aggregator.shelf import Shelf
from aggregator.store import entries, links, sketches
from aggregator.store.session import Connection
from aggregator.stories.telling import standing_for


def link_all(c: Connection, story_ids: Collection[str], judges: Judges) -> None:
    """Find anew what these stories are kin to, as far as they are there."""
    link(Shelf(c, judges), story_ids, entries.with_mentions(c, story_ids))


def link(
    shelf: Shelf, story_ids: Collection[str], mentioned: Collection[str], made: Collection[str] = ()
) -> None:
    """Find anew which stories these are kin to; links that hold no longer go.

    `mentioned` are those of them that mention a campaign; those that were
    `made` just now have no links yet. A link is judged between the
    articles that stand for two stories and nothing else, so the same links come out in
    whatever order the stories were made.
    """
    standing = {standing_for(story): story.id for story in shelf.stories(story_ids).values()}
    found = set()
    for key, sketch in shelf.some(standing).items():
        mine = standing[key]
        others = _candidates(shelf, sketch, is_mentioned=mine in mentioned)
        for kin in shelf.judges.relate(sketch, shelf.some(others).values()):
            found.add(_make_link(mine, others[kin.key], kin))
    links.replace(shelf.c, set(story_ids) - set(made), found)


def _candidates(shelf: Shelf, sketch: Sketch, *, is_mentioned: bool) -> dict[str, str]:
    """The articles that stand for other stories and may be kin: article key -> story id.

    A story that mentions somebody may be kin to any, another only to such a one.
    """
    c, most = shelf.c, shelf.judges.most_holders
    if is_mentioned:
        pages = {key for key in sketch.index_keys if key.startswith("u:")}
        sketches.keep_at_a_desk(c, sketch.key, sketch.kin_keys | pages)
    names, declared = shelf.judges.asked_of_kin(sketch.kin_keys, sketch.pages)
    near = sketches.kin(c, names, declared, most, at_a_desk=not is_mentioned)
    homes = {story.id: story for story in shelf.homes(near).values()}
    reached = homes if is_mentioned or not homes else entries.with_mentions(c, homes)
    standing = {standing_for(homes[story_id]): story_id for story_id in reached}
    return {key: story_id for key, story_id in standing.items() if key in near and key not in sketch.pages}


def _make_link(mine: str, theirs: str, kin: Kin) -> Link:
    """The link of two stories, the same from whichever of them it is looked at: a rewrite comes first."""
    one, other = (mine, theirs) if kin.comes_from_it else (theirs, mine)
    if kin.relation is not Relation.REWRITE:
        one, other = sorted((mine, theirs))
    return Link(one=one, other=other, relation=kin.relation, reason=kin.reason, strength=kin.strength)
