"""Jobs that judge again what is stored: after a changed campaign, or for all stories at once."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from aggregator import rejudge, rematching
from aggregator.errors import UnknownSubject
from aggregator.matching.needs import need_of
from aggregator.records import Campaign, RunReport
from aggregator.rematching import Course
from aggregator.runs.house import House
from aggregator.store import campaigns, people, rematches
from crawler.clock import read_clock

MOST_TOLD = 20
LOG = logging.getLogger(__name__)
ALL_READ = (
    "all articles were read: the rule has no word that must stand in an article "
    "(it is a NOT or a field alone, or its word begins with a *)"
)


def rematch(house: House, slug: str, now: datetime, *, save: bool) -> RunReport:
    """Match all stored articles against a campaign again; without `save` only say what would change."""
    with house.store.reading() as c:
        campaign = campaigns.get(c, slug)
    return _rematch(house, campaign, now, save=save)


def change_campaign(house: House, campaign: Campaign, *, by: str, now: datetime, save: bool) -> RunReport:
    """What a new or changed campaign gains and loses; with `save` it becomes the next version, and runs.

    Accepted entries that would no longer match are named; they stay on the list all the
    same. Raises Conflict where somebody else changed the campaign.
    """
    with house.store.reading() as c:
        known = campaigns.version(c, campaign.slug)
    if known is not None:
        campaign = replace(campaign, version=known)
    if save:
        with house.store.writing(durable=True) as c:
            campaign = campaigns.save(c, campaign, by, now)
            campaigns.retire(c, campaign.slug, None)
            rematches.ask(c, campaign)
    return _rematch(house, campaign, now, save=save)


def campaign_versions(house: House, slug: str) -> list[tuple[Campaign, str, datetime]]:
    """All versions of a campaign, newest first, with who saved it and when. Raises UnknownSubject."""
    with house.store.reading() as c:
        found = campaigns.versions(c, slug)
    if not found:
        raise UnknownSubject(f"there is no campaign {slug!r}; `inthenews campaigns show` names them")
    return found


def end_campaign(house: House, slug: str, *, by: str, now: datetime) -> None:
    """Stop looking for a campaign; what was found and decided stays. Raises UnknownSubject."""
    with house.store.writing(durable=True) as c:
        rematching.end(c, slug, now)
        people.note(c, by, f"ended the campaign {slug}", now, slug)


def resume_campaign(house: House, slug: str, *, by: str, now: datetime) -> RunReport:
    """Look for an ended campaign again, also among what came meanwhile. Raises UnknownSubject."""
    with house.store.writing(durable=True) as c:
        campaign = rematching.resume(c, slug)
        people.note(c, by, f"resumed the campaign {slug}", now, slug)
    return _rematch(house, campaign, now, save=True)


def regroup(house: House, now: datetime, *, save: bool) -> RunReport:
    """Group all stories anew; without `save` only say what would change."""
    made = (
        rejudge.regroup(house.store, house.judges, now)
        if save
        else rejudge.try_regroup(house.store, house.judges)
    )
    troubles = [
        f"{story.shown}: {', '.join(member.article_key for member in story.members)}"
        for story in made.after[:MOST_TOLD]
    ]
    troubles += [f"{' and '.join(sorted(each.keys))}: {each.reason}" for each in made.conflicts[:MOST_TOLD]]
    counts = {
        "articles": made.looked_at,
        "stories_before": len(made.before),
        "stories_after": len(made.after),
        "conflicts": len(made.conflicts),
    }
    job = "regroup" if save else "regroup (nothing saved; --save makes it so)"
    return RunReport(job=job, started=now, ended=read_clock(), counts=counts, troubles=tuple(troubles))


def _rematch(house: House, campaign: Campaign, now: datetime, *, save: bool) -> RunReport:
    need, tell, began = need_of(campaign), tell_log(campaign.slug), read_clock()
    course = Course(tell=tell, clock=lambda: now + (read_clock() - began))
    made = (
        rematching.rematch(house.store, campaign, house.judges, need, course)
        if save
        else rematching.try_rematch(house.store, campaign, house.judges.matcher([campaign]), need, tell)
    )
    told = [ALL_READ] if need is None else []
    told += [f"gained {each.article_key}: {each.reason}" for each in made.gained[:MOST_TOLD]]
    told += [f"lost {each.article_key}: {each.reason}" for each in made.lost[:MOST_TOLD]]
    told += [f"accepted, and stays although it no longer matches: {key}" for key in made.accepted_lost]
    counts = {
        "articles": made.articles,
        "read": made.looked_at,
        "gained": made.gained_in_all,
        "lost": made.lost_in_all,
        "accepted_lost": len(made.accepted_lost),
    }
    job = "rematch" if save else "rematch (nothing saved; --save makes it so)"
    return RunReport(job=job, started=now, ended=read_clock(), counts=counts, troubles=tuple(told))


def index(house: House, now: datetime) -> RunReport:
    """Keep the words by which stored articles are found, where they are not kept yet."""
    done = rejudge.index(house.store, tell_log("index"))
    return RunReport(job="index", started=now, ended=read_clock(), counts={"articles": done})


def tell_log(name: str) -> Callable[[int, int], None]:
    """Says in the log how far it is, at every tenth part."""
    told = 0

    def tell(done: int, of: int) -> None:
        nonlocal told
        if of and done * 10 // of > told:
            told = done * 10 // of
            LOG.info("%s: %d of %d articles read", name, done, of)

    return tell
