"""The job that mails the team what came: one digest a campaign, reader and period, none without news."""

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from aggregator import desk
from aggregator.delivery import mail
from aggregator.digest import MOST_SHOWN, Digest, write_mail
from aggregator.errors import Unusable
from aggregator.records import Campaign, Delivery, Entry, RunReport, Status, Verdict
from aggregator.runs.house import House
from aggregator.settings.digests import EVERY
from aggregator.store import decisions, deliveries, digest_readers, entries
from aggregator.store.digest_readers import Reader
from aggregator.store.entries import View
from crawler.clock import read_clock

MOST_LOOKED_AT = 500
MOST_ACCEPTED = 10_000
# What is found now may be kept a moment later: a digest tells what is older, so that the next misses none.
SETTLING = timedelta(minutes=2)
MAIL = "mail:"  # before a reader's address, as the target of a delivery


def digest(house: House, now: datetime) -> RunReport:
    """Send each reader what is new since their last digest, where the period is over and something is.

    The times of the last digests lie in the database, so a restart sends none twice. A mail that
    could not be sent is a trouble, and tried again the next time. Who wanted no more gets none.
    """
    settings = house.settings.digests
    sent, troubles = 0, []
    readers = [(each, to) for each in house.campaigns() for to in settings.to] if settings else []
    for campaign, reader in readers:
        try:
            sent += _send_if_due(house, campaign, reader, now)
        except Unusable as error:
            troubles.append(str(error))
    return RunReport(
        job="digest", started=now, ended=read_clock(), counts={"sent": sent}, troubles=tuple(troubles)
    )


def digests(house: House, now: datetime) -> list[Digest]:
    """What a digest of each campaign would say now, whoever got one before; nothing is sent."""
    settings = house.settings.digests
    every = settings.every if settings else EVERY
    return [collect(house, campaign, now - every, now) for campaign in house.campaigns()]


def collect(house: House, campaign: Campaign, since: datetime, until: datetime) -> Digest:
    """The news of a campaign's desk between two times."""
    settings = house.settings.digests
    new, new_in_all = _arrived(house, campaign, since, until)
    return Digest(
        campaign=campaign.slug,
        name=campaign.name,
        since=since,
        until=until,
        new=new,
        new_in_all=new_in_all,
        accepted=tuple(_accepted(house, campaign.slug, since, until)),
        waiting=desk.counts(house.store, campaign.slug).get(Status.WAITING, 0),
        desk=settings.desk if settings else "",
    )


def _arrived(
    house: House, campaign: Campaign, since: datetime, until: datetime
) -> tuple[tuple[Entry, ...], int]:
    """As many of the entries that came as a digest shows, by whichever way they came, and how many did."""
    with house.store.reading() as c:
        ids = entries.arrived(c, campaign.slug, since, until)
        found = entries.of_stories(c, campaign, ids[:MOST_SHOWN])
    return tuple(found[story_id] for story_id in ids if story_id in found), len(ids)


def _accepted(house: House, campaign: str, since: datetime, until: datetime) -> Iterator[Entry]:
    """The entries that somebody accepted since, of those that still stand accepted."""
    with house.store.reading() as c:
        taken = decisions.history(c, campaign, None, limit=MOST_LOOKED_AT)
    accepts = (each for each in taken if each.verdict is Verdict.ACCEPT and since < each.at <= until)
    keys = {key for decision in accepts for key in decision.subjects}
    standing = View(status=Status.ACCEPTED, limit=MOST_ACCEPTED)
    for entry in desk.entries(house.store, campaign, standing) if keys else ():
        if any(member.article_key in keys for member in entry.story.members):
            yield entry


def _send_if_due(house: House, campaign: Campaign, reader: str, now: datetime) -> int:
    """Answers how many mails were sent: one or none. Raises Unusable where it cannot be sent."""
    settings = house.settings.digests
    since = _last_sent(house, campaign.slug, reader)
    if settings is None or (since is not None and now - since < settings.every):
        return 0
    known = _known(house, campaign.slug, reader)
    if known.left_at is not None:
        return 0
    news = collect(house, campaign, (since or now - settings.every) - SETTLING, now - SETTLING)
    if news.is_empty:
        return 0
    if settings.desk:
        news = replace(news, leave=f"{settings.desk}digest/{known.token}")
    message = write_mail(news, (house.settings.organisation, settings.sender), reader)
    mail.send(message, settings)
    sent = Delivery(
        target=MAIL + reader,
        digest=hashlib.sha256(message.as_bytes()).hexdigest(),
        sent_at=now,
        outcome=news.subject,
    )
    with house.store.writing() as c:
        deliveries.note(c, campaign.slug, sent)
    return 1


def _known(house: House, campaign: str, address: str) -> Reader:
    """The reader as we know them; a new one gets a token that nobody can guess."""
    with house.store.reading() as c:
        known = digest_readers.find(c, campaign, address)
    if known is None:
        known = Reader(campaign=campaign, address=address, token=secrets.token_urlsafe(32))
        with house.store.writing() as c:
            digest_readers.add(c, known)
    return known


def _last_sent(house: House, campaign: str, reader: str) -> datetime | None:
    with house.store.reading() as c:
        before = deliveries.history(c, campaign, MAIL + reader, limit=1)
    return before[0].sent_at if before else None
