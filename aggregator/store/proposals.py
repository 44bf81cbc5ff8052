"""What proposals rest on, and what people answered to them; answers are only ever added to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, func, insert, or_, select

from aggregator.matching.facts import lies_in
from aggregator.paths import Piece
from aggregator.proposals import (
    LEAST_LOOKS,
    OWN_LISTS,
    Answer,
    Place,
    Proposals,
    Quiet,
    ToWatch,
    quiet,
    to_watch,
)
from aggregator.store import articles, campaigns, leads, sightings, sources
from aggregator.store.people_tables import proposal_answers
from aggregator.store.source_tables import poll_states, polls
from aggregator.store.source_tables import sources as sources_table
from aggregator.store.tables import article_addresses
from aggregator.store.tables import sightings as sightings_table
from crawler import urls
from crawler.outlets import Directory

# The desk shows so many at once; there are more where one watches thousands.
MOST_QUIET = 200
FIRST_LOOK = select(func.min(polls.c.at)).where(polls.c.source_id == sources_table.c.id).scalar_subquery()
# Whether there are enough looks costs one step in the index, to count them all would cost each.
ENOUGH = (
    select(polls.c.at)
    .where(polls.c.source_id == sources_table.c.id)
    .order_by(polls.c.at)
    .limit(1)
    .offset(LEAST_LOOKS - 1)
    .scalar_subquery()
)


def answer(c: Connection, given: Answer) -> None:
    """Write down what a person answered to a proposal."""
    line = {name: getattr(given, name) for name in ("subject", "refused", "by", "at", "note")}
    c.execute(insert(proposal_answers), [line])


def refused(c: Connection) -> dict[str, Answer]:
    """The subjects that are refused, each with its newest answer."""
    newest = {
        row.subject: Answer(subject=row.subject, refused=row.refused, by=row.by, at=row.at, note=row.note)
        for row in c.execute(select(proposal_answers).order_by(proposal_answers.c.id))
    }
    return {subject: given for subject, given in newest.items() if given.refused}


def outlets_to_watch(c: Connection, directory: Directory) -> list[ToWatch]:
    """The outlets of all campaigns' stories that no list of their own brings; refused ones are among them."""
    every = campaigns.every(c)
    homes = {key: story for campaign in every for key, story in sightings.counted(c, campaign.slug).items()}
    known = articles.addresses(c, homes)
    ours = {domain for each in every for domain in (*each.own_domains, *each.partner_domains)}
    hidden = leads.some(c, [key for key, article in known.items() if urls.is_hidden(article.url)])
    told = {
        key: hidden[key].outlet_url or "" if key in hidden else article.url for key, article in known.items()
    }
    places = {
        key: place
        for key, article in known.items()
        if (place := place_of(article.outlet, told[key], directory))
        and not any(lies_in(told[key], domain) for domain in ours)
    }
    published = articles.published(c, places)
    pieces = [Piece(article_key=key, story_id=homes[key], published=published[key]) for key in sorted(places)]
    return to_watch(places, pieces, sightings.of_articles(c, list(places)), watched(c))


def place_of(called: str, url: str, directory: Directory) -> Place | None:
    """Whose an address is, of an outlet that an article calls so; None for what stands nowhere on the web."""
    if not url.startswith(("http://", "https://")):
        return None
    scheme, _, rest = url.partition("://")
    outlet = directory.find(url)
    site = outlet.slug if outlet else urls.registrable_domain(url)
    home = (outlet.home_url if outlet else None) or f"{scheme}://{rest.partition('/')[0]}/"
    return Place(site=site, name=outlet.name if outlet else called, home=home) if site else None


def watched(c: Connection) -> frozenset[str]:
    """The sites and outlets of which we have a feed, sitemap or section page, paused or not."""
    ours = [source for source, _ in sources.every(c) if source.kind in OWN_LISTS]
    return frozenset(
        name for source in ours for name in (source.outlet, urls.registrable_domain(source.url)) if name
    )


def quiet_sources(c: Connection, now: datetime) -> list[Quiet]:
    """The sources that bring nothing; refused ones are among them, paused ones are not; looks uncounted."""
    fruitful = bringers(c)
    query = (
        select(sources_table, poll_states.c.last_new_at, FIRST_LOOK.label("since"))
        .outerjoin(poll_states, poll_states.c.source_id == sources_table.c.id)
        .where(
            or_(sources_table.c.configured, sources_table.c.added_by.is_not(None)),
            sources_table.c.enabled,
            sources_table.c.paused_at.is_(None),
            ENOUGH.is_not(None),
        )
    )
    looked = [
        Quiet(source=sources.read_source(row), since=row.since, new_at=row.last_new_at)
        for row in c.execute(query)
        if row.id not in fruitful
    ]
    return quiet(looked, now, any_found=bool(fruitful))


def bringers(c: Connection) -> set[str]:
    """The sources that ever pointed to an article of a story that counts for any campaign."""
    counted = sightings.COUNTED.subquery()
    query = (
        select(sightings_table.c.source_id)
        .join(article_addresses, article_addresses.c.url_key == sightings_table.c.lead_key)
        .join(counted, counted.c.article_key == article_addresses.c.article_key)
    )
    return set(c.scalars(query.distinct()))


def counted(c: Connection, found: Sequence[Quiet]) -> tuple[Quiet, ...]:
    """The same with how often each was looked at, as far as the ledger goes back."""
    query = select(polls.c.source_id, func.count()).where(
        polls.c.source_id.in_([each.source.id for each in found])
    )
    looks = {row[0]: int(row[1]) for row in c.execute(query.group_by(polls.c.source_id))}
    return tuple(replace(each, looks=looks[each.source.id]) for each in found)


def every(c: Connection, directory: Directory, now: datetime) -> Proposals:
    """All that is to be proposed now, without what people refused, and what they refused."""
    gone = refused(c)
    watch = [each for each in outlets_to_watch(c, directory) if each.subject not in gone]
    silent = [each for each in quiet_sources(c, now) if each.subject not in gone]
    titles = {f"quiet:{source.id}": source.url for source, _ in sources.every(c)}
    return Proposals(
        watch=tuple(watch),
        quiet=counted(c, silent[:MOST_QUIET]),
        quiet_in_all=len(silent),
        refused=tuple(
            replace(given, title=titles.get(subject, subject.partition(":")[2]))
            for subject, given in gone.items()
        ),
    )
