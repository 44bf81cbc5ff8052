"""Where a very large story stands at the desks: told anew for a newcomer without reading the others.

What is kept for that (`heads.Desks`) is made when the whole story is read, and holds until something in it
changes otherwise than by taking articles in.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from aggregator.cases import Rest
from aggregator.heads import Desk, Desks, make_desk
from aggregator.listing import make_entry
from aggregator.records import Campaign, Carrier, Entry, Story
from aggregator.replay import Laid, lay
from aggregator.store import articles, campaigns, crowds, decisions, mentions, outlet_names, rows, stories
from aggregator.store.cases import Known, make_case, updated_at
from aggregator.store.tables import entries
from crawler.records import Article
from crawler.text import fold

PARTING = " | "  # between the headlines and outlets by which an entry is searched
LONGEST_WORDS = 500  # characters of a headline: it stands in an index, which holds no endless ones


def keep_desks(c: Connection, story: Story, known: Known, running: Sequence[Campaign]) -> None:
    """Keep what the desks need of a very large story, to tell its entries when one more joins."""
    keys = [member.article_key for member in story.members]
    before = known.desks.get(story.id)
    members = set(keys)
    told = {slug for slug, key in known.mentions if key in members}
    # A campaign that does not run is not looked for: should it run again, all is read anew.
    desks = {slug: Desk(version=0, heads=(), laid=Laid()) for slug in told}
    desks |= before.desks if before else {}
    for campaign in running:
        if campaign.slug in desks:
            case = make_case(campaign.slug, story, known)
            desks[campaign.slug] = make_desk(campaign, case, lay(case.decisions, keys))
    rest = make_case("", story, known).all_of_it
    crowds.keep_desks(c, story.id, Desks(found_at=rest.found_at, updated_at=rest.updated_at, desks=desks))
    if before is None:
        crowds.forget_words(c, [story.id])
        crowds.add_words(c, story.id, words_of(rest.members))


def renew(c: Connection, anew: Mapping[str, Collection[str]], newcomers: Collection[str]) -> dict[str, bool]:
    """Bring the desks up to date for the very large ones of these stories, in which these articles are anew.

    Answers whether some article mentions some campaign. Left out are stories of which that cannot be
    told without a look at all articles: where one that is anew mattered already, or somebody decided
    about a newcomer.
    """
    told = {}
    for story_id, is_mentioned in (crowds.mentioned(c, anew) if anew else {}).items():
        decided = is_mentioned and decisions.about(c, set(anew[story_id]).intersection(newcomers))
        if is_mentioned and not decided and renew_rows(c, story_id, anew[story_id]):
            told[story_id] = True
        elif is_mentioned or mentions.some(c, anew[story_id]):
            crowds.doubt(c, [story_id])
        else:
            told[story_id] = False
    return told


def renew_rows(c: Connection, story_id: str, keys: Collection[str]) -> bool:
    """Tell the entries of a very large story anew from the members that matter and these.

    False where one of these mattered already, or a campaign is another.
    """
    before = crowds.desks(c, [story_id])[story_id]
    told = campaigns.every(c, ended=True)
    versions = {campaign.slug: campaign.version for campaign in told}
    if any(desk.version != versions.get(slug, desk.version) for slug, desk in before.desks.items()):
        return False
    if not before.heads.isdisjoint(keys):
        return False
    story, known = load_heads(c, story_id, before, keys)
    desks, composed = dict(before.desks), []
    for campaign in told:
        case = make_case(campaign.slug, story, known)
        laid = before.desks[campaign.slug].laid if campaign.slug in before.desks else Laid()
        entry = make_entry(campaign, replace(case, laid=laid))
        if entry is not None:
            composed.append(entry_row(entry, is_large=True))
        if case.mentions:
            desks[campaign.slug] = make_desk(campaign, case, laid)
    rows.put(c, entries, composed)
    rest = known.rests[story_id]
    crowds.keep_desks(c, story_id, Desks(found_at=rest.found_at, updated_at=rest.updated_at, desks=desks))
    crowds.add_words(c, story_id, words_of([known.articles[key] for key in keys]))
    return True


def load_heads(c: Connection, story_id: str, before: Desks, keys: Collection[str]) -> tuple[Story, Known]:
    """A very large story with only the members that matter, is shown or new, and what is known of these."""
    crowd = crowds.some(c, [story_id])[story_id]
    chosen = {desk.laid.shown for desk in before.desks.values()}
    wanted = sorted({*before.heads, *keys, crowd.shown, *filter(None, chosen)})
    there = stories.places(c, story_id, wanted)
    known = outlet_names.apply(c, articles.some(c, [member.article_key for member in there]))
    updated = updated_at(c, known)
    rest = Rest(
        found_at=min(before.found_at, *(known[key].first_seen for key in keys)),
        updated_at=max(before.updated_at, *(updated[key] for key in keys)),
    )
    story = Story(id=story_id, members=there, shown=crowd.shown, shown_because=crowd.shown_because)
    return story, Known(
        stories={story_id: story},
        articles=known,
        updated=updated,
        former={},
        mentions=mentions.some(c, known),
        decisions={},
        desks={story_id: before},
        rests={story_id: rest},
    )


def words_of(told: Collection[Carrier | Article]) -> set[str]:
    """The headlines and outlets by which a story is searched, folded; of endless ones the beginning."""
    return {fold(part)[:LONGEST_WORDS] for each in told for part in (each.headline, each.outlet)}


def entry_row(entry: Entry, *, is_large: bool = False) -> dict[str, Any]:
    """What one filters and sorts by; the carriers of a very large story are searched in `crowd_words`."""
    told = [entry.headline, entry.outlet, entry.article.headline]
    if not is_large:
        told += [part for each in entry.carriers for part in (each.headline, each.outlet)]
    return {
        "campaign": entry.campaign,
        "story_id": entry.story.id,
        "status": entry.status.value,
        "tier": entry.mention.tier.value,
        "day": entry.day,
        "found_at": entry.found_at,
        "outlet": entry.outlet,
        "search": fold(PARTING.join(dict.fromkeys(told))),
        "starred": entry.starred,
    }
