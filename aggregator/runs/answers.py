"""Answers: why an address is, or is not, on the list; and whether the whole house is well.

Everything is read from what is kept and judged again by the same matcher; nothing is fetched
and nothing changed.
"""

import pyexpat
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from aggregator import desk
from aggregator.campaigns import faults_of
from aggregator.errors import UnknownSubject
from aggregator.records import Campaign, Exclusion, Relation, Status
from aggregator.runs.house import House
from aggregator.store import articles, kin, leads, sources, stories, subscriptions
from aggregator.store.session import Connection
from aggregator.wording import ago, count, kin_words
from crawler.politeness.chromium_settings import why_no_browser
from crawler.records import Article, PollState, Source
from crawler.websub import Stage

# Older expat lets a small feed grow without bound (CVE-2013-0340).
SAFE_EXPAT = (2, 4, 1)
MOST_COUNTED = 10_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """One step on an article's way: whether it went well, in words, and what repairs it."""

    step: str
    well: bool
    word: str
    repair: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """How one part of the house is."""

    subject: str
    well: bool
    word: str


def why(house: House, url: str, now: datetime) -> list[Answer]:
    """Follow an address along the way of an article, as far as it came."""
    with house.store.reading() as c:
        answers = [*_sources(house, c, url, now), *_lead(c, url)]
        key = next(iter(articles.known_as(c, url)), None)
        article = articles.get(c, key) if key else None
        if article is None:
            return answers
        answers.append(_read(article))
        answers.append(_story(c, article))
        answers += _kin(c, article)
    answers += [answer for campaign in house.campaigns() for answer in _campaign(house, campaign, article)]
    return answers


def _sources(house: House, c: Connection, url: str, now: datetime) -> Iterator[Answer]:
    outlet = house.directory.find(url)
    if outlet is None:
        repair = f"inthenews sources discover {url}"
        yield Answer(step="outlet", well=False, word="no outlet we know has this address", repair=repair)
        return
    yield Answer(step="outlet", well=True, word=outlet.name)
    ours = [(source, poll) for source, poll in sources.every(c) if source.outlet == outlet.slug]
    if not ours:
        repair = f"inthenews sources discover {outlet.home_url or url}"
        yield Answer(step="source", well=False, word=f"{outlet.name} has no source", repair=repair)
    for source, poll in ours:
        yield _source(source, poll, now)


def _source(source: Source, poll: PollState, now: datetime) -> Answer:
    if not source.enabled:
        repair = f"inthenews sources resume {source.url}"
        return Answer(step="source", well=False, word=f"{source.url} is paused", repair=repair)
    if poll.polled_at is None:
        return Answer(
            step="source", well=False, word=f"{source.url} was never read", repair="inthenews sweep"
        )
    read = f"{source.url} was last read {ago(poll.polled_at, now)}"
    if poll.trouble:
        return Answer(
            step="source", well=False, word=f"{read}: {poll.trouble}", repair="inthenews sources health"
        )
    return Answer(step="source", well=True, word=read)


def _lead(c: Connection, url: str) -> Iterator[Answer]:
    lead = leads.find(c, url)
    if lead is None:
        if not articles.known_as(c, url):
            yield Answer(
                step="seen", well=False, word="no source ever pointed to it", repair=f"inthenews add {url}"
            )
        return
    by = len(leads.sources_of(c, url))
    word = f"first seen {lead.found_at:%Y-%m-%d %H:%M} UTC, by {by} source{'s' if by > 1 else ''}"
    yield Answer(step="seen", well=True, word=word)
    if lead.status == leads.UNRESOLVED:
        word = f"{lead.reason}; looked for the outlet's own page {lead.attempts} times so far"
        yield Answer(
            step="fetched", well=False, word=word, repair="inthenews add, with the outlet's own address"
        )
    elif lead.ended_at is None:
        word = f"not fetched yet, {lead.attempts} tries so far" + (f": {lead.reason}" if lead.reason else "")
        yield Answer(step="fetched", well=False, word=word, repair="inthenews sweep")
    elif lead.reason:
        yield Answer(step="fetched", well=False, word=f"{lead.outcome}: {lead.reason}")
    else:
        yield Answer(step="fetched", well=True, word=f"{lead.ended_at:%Y-%m-%d %H:%M} UTC: {lead.outcome}")


def _read(article: Article) -> Answer:
    day = article.published.day.isoformat() if article.published else "day unknown"
    words = len(article.text.split())
    word = f"{article.headline} — {article.outlet}, {day} ({article.access}, {words} words)"
    return Answer(step="read", well=bool(article.text), word=word)


def _story(c: Connection, article: Article) -> Answer:
    home = stories.of_articles(c, [article.key]).get(article.key)
    story = stories.some(c, [home]).get(home) if home else None
    if story is None or len(story.members) == 1:
        return Answer(step="story", well=True, word="a story of its own")
    mine = next(member for member in story.members if member.article_key == article.key)
    others = len(story.members) - 1
    if mine.relation is Relation.ORIGINAL:
        word = f"the original of a story with {others} other page{'s' if others > 1 else ''}"
    else:
        word = f"{mine.relation} {mine.reason}"
    return Answer(step="story", well=True, word=word, repair=f"inthenews desk split {article.url}")


def _kin(c: Connection, article: Article) -> Iterator[Answer]:
    home = stories.of_articles(c, [article.key]).get(article.key)
    for near in kin.of_stories(c, [home]).get(home, ()) if home else ():
        word = f"{kin_words(near, article.language)}: {near.headline} — {near.outlet}; {near.reason}"
        yield Answer(
            step="kin", well=True, word=word, repair=f"inthenews desk unrelated {article.url} {near.url}"
        )


def _campaign(house: House, campaign: Campaign, article: Article) -> Iterator[Answer]:
    (judgement,) = house.judges.matcher([campaign]).judge(article).telling([campaign.slug])
    step = campaign.slug
    if isinstance(judgement, Exclusion):
        near = f" (nearest: “{judgement.passages[0].text}”)" if judgement.passages else ""
        repair = f"inthenews campaigns edit {campaign.slug}.toml"
        yield Answer(
            step=step, well=False, word=f"{judgement.cause}: {judgement.reason}{near}", repair=repair
        )
    else:
        yield Answer(step=step, well=True, word=judgement.reason)
    try:
        entry = desk.entry(house.store, campaign.slug, article.key)
    except UnknownSubject:
        return
    repairs = {
        Status.WAITING: f"inthenews desk accept {campaign.slug} {article.url}",
        Status.REJECTED: f"inthenews desk accept {campaign.slug} {article.url}",
        Status.LATER: f"inthenews desk accept {campaign.slug} {article.url}",
    }
    yield Answer(
        step=f"{step} desk",
        well=entry.status is Status.ACCEPTED,
        word=f"{entry.status}, shown as “{entry.headline}”, {entry.outlet}",
        repair=repairs.get(entry.status, ""),
    )


def examine(house: House, now: datetime) -> list[Finding]:
    """Look over database, sources, campaigns and this machine."""
    with house.store.reading() as c:
        known = sources.every(c)
        stored = articles.count(c)
    failing = [source.url for source, poll in known if poll.trouble]
    unread = [source.url for source, poll in known if source.enabled and poll.polled_at is None]
    late = [
        poll.next_poll_at
        for source, poll in known
        if source.enabled and poll.next_poll_at and now - poll.next_poll_at > timedelta(hours=1)
    ]
    campaigns = house.campaigns()
    faults = [f"{campaign.slug}: {fault}" for campaign in campaigns for fault in faults_of(campaign)]
    expat = pyexpat.version_info
    return [
        _examine_contact(house.settings.contact),
        Finding(subject="database", well=True, word=f"{house.store.name}: {count(stored, 'article')}"),
        Finding(
            subject="campaigns",
            well=bool(campaigns) and not faults,
            word="; ".join([", ".join(each.slug for each in campaigns), *faults])
            or "none; write a campaign file",
        ),
        Finding(
            subject="sources",
            well=bool(known) and not failing,
            word=f"{count(len(known), 'source')}, {len(failing)} not well, {len(unread)} never read"
            + ("; `inthenews sources health --bad` tells why" if failing else "")
            + ("" if known else "; nothing is looked at: see [watch] in the settings, and docs/outlets.md"),
        ),
        Finding(
            subject="schedule",
            well=not late,
            word=f"{count(len(late), 'source')} over an hour late; is `inthenews up` running?"
            if late
            else "on time",
        ),
        Finding(
            subject="XML parser",
            well=expat >= SAFE_EXPAT,
            word=f"expat {'.'.join(map(str, expat))}" + ("" if expat >= SAFE_EXPAT else "; update Python"),
        ),
        *_examine_browser(house),
        *_examine_mailboxes(house),
        *_examine_hubs(house),
    ]


def _examine_contact(contact: str) -> Finding:
    """Whether outlets could reach us; the names of samples (RFC 2606) lead nowhere."""
    nowhere = re.search(r"[@./](?:example|invalid|test|localhost)(?=$|[/:?#])", contact) is not None
    advice = "; nobody is reached there: say in [who] of settings.toml where outlets reach you"
    return Finding(subject="contact", well=not nowhere, word=contact + (advice if nowhere else ""))


def _examine_browser(house: House) -> Iterator[Finding]:
    """Whether there is a browser, where an outlet's pages need one."""
    drawn = sorted(outlet.name for outlet in house.directory if outlet.rendered)
    if drawn:
        missing = why_no_browser(house.manners)
        yield Finding(
            subject="browser", well=missing is None, word=f"{', '.join(drawn)}: {missing or 'ready'}"
        )


def _examine_mailboxes(house: House) -> Iterator[Finding]:
    """Whether each mailbox of the settings has a password; how its looks go, its source's health tells."""
    for mailbox in house.settings.mailboxes:
        known = mailbox.password is not None
        word = mailbox.source.url if known else f"no password; set {mailbox.password_variable}"
        yield Finding(subject=f"mailbox {mailbox.name}", well=known, word=word)


def _examine_hubs(house: House) -> Iterator[Finding]:
    """How many sources are pushed, or could be."""
    with house.store.reading() as c:
        stages, offered = subscriptions.tally(c), len(subscriptions.offered(c, MOST_COUNTED))
    if house.settings.websub_callback:
        alive, over = stages.get(Stage.ALIVE, 0), stages.get(Stage.OVER, 0)
        word = f"{count(alive, 'subscription')} alive, {over} refused or given up"
        yield Finding(subject="hubs", well=alive > 0 or over == 0, word=word)
    elif offered:
        word = f"hubs of {count(offered, 'source')} could tell us of news; see [websub] in the settings"
        yield Finding(subject="hubs", well=True, word=word)
