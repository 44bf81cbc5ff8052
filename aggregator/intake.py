"""Takes in what a sweep finds: keeps it, has it judged, places it; one transaction a find.

This is the crawler's `Sink`. It knows no rule: whether an article mentions a campaign and
which story it is are judged by whoever it is given (`judges.Judges`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from aggregator.bringing import bring_accepted
from aggregator.judges import Judgements, Judges
from aggregator.placing import take_in
from aggregator.records import Campaign, Exclusion, Mention
from aggregator.store import (
    articles,
    campaigns,
    habits,
    holds,
    leads,
    mentions,
    pages,
    search,
    sources,
)
from aggregator.store.articles import Change, Kept
from aggregator.store.session import Connection, Store
from crawler.records import Article, Find, FindOutcome, Lead, Poll

Judgement = Mention | Exclusion

TELLING = (FindOutcome.READ, FindOutcome.NOT_AN_ARTICLE)
"""Only a page that was read tells what its address is; one that did not come tells nothing."""


@dataclass(frozen=True)
class Intake:
    """Where a sweep puts what it finds. It can be sent to another process, which connects by itself.

    Everything may come twice: what is there already is not changed by it. `clock` is a
    function of a module, so that it can be sent along.
    """

    store: Store
    campaigns: tuple[Campaign, ...]
    judges: Judges
    clock: Callable[[], datetime]

    @cached_property
    def watch(self) -> "Watch":
        """The campaigns that are looked for, as this process knows them now."""
        return Watch(self.campaigns, self.judges)

    def __getstate__(self) -> dict[str, object]:
        return {name: self.__dict__[name] for name in ("store", "campaigns", "judges", "clock")}

    def held(self) -> Mapping[str, datetime]:
        """The registrable domains that asked for a pause, until when."""
        with self.store.reading() as c:
            return holds.held(c, self.clock())

    def hold(self, domain: str, until: datetime) -> None:
        """Remember that a domain asked for a pause."""
        with self.store.writing() as c:
            holds.hold(c, domain, until)

    def keep_poll(self, poll: Poll) -> Sequence[Lead]:
        """Keep a look at a source: its leads together with its state; answers the leads to be read."""
        with self.store.writing() as c:
            now = self.clock()
            unread = leads.keep(c, poll.leads, now)
            sources.save_state(c, poll.state)
            sources.note_poll(c, poll, len(unread), now)
            return unread

    def waiting(self, limit: int) -> Sequence[Lead]:
        """The leads of earlier sweeps that were never read, or are due for another try; the oldest first."""
        with self.store.reading() as c:
            return leads.waiting(c, self.clock(), limit)

    def keep_find(self, find: Find) -> None:
        """Keep what became of a lead: page, article, mentions, story, and that the lead is done."""
        judgements = self._judge(find.article) if find.article else None
        with self.store.writing() as c:
            now = self.clock()
            if leads.close(c, find, now) and find.outcome in TELLING:
                habits.learn(c, find.lead, find.outcome is FindOutcome.READ, now)
            self._keep_article(c, find, judgements, now)

    def keep_again(self, find: Find) -> Change | None:
        """Keep what a page says now whose lead was done with long ago; None where it says nothing."""
        judgements = self._judge(find.article) if find.article else None
        with self.store.writing() as c:
            return self._keep_article(c, find, judgements, self.clock())

    def _keep_article(
        self, c: Connection, find: Find, judgements: Judgements | None, now: datetime
    ) -> Change | None:
        if find.page:
            pages.keep(c, find.page)
        if not find.article or judgements is None:
            return None
        if self.watch.is_out_of_date(c):
            self.watch.renew(c)
            judgements = self.watch.matcher.judge(find.article)
        kept = articles.keep(c, find.article, read_at(find))
        if kept.change in (Change.NEW, Change.CHANGED):
            # A page never seen before is in nobody's list yet.
            before = mentions.campaigns_of(c, find.article.key) if kept.change is Change.CHANGED else ()
            told = judgements.telling(before)
            judge_anew(c, kept, told, self.judges, now)
        return kept.change

    def _judge(self, article: Article) -> Judgements:
        """What the article is to each campaign; where the outlet tells no day, by when it was first seen."""
        if article.published is None:
            with self.store.reading() as c:
                seen = articles.first_seen(c, article.key) or article.first_seen
            article = replace(article, first_seen=min(seen, article.first_seen))
        return self.watch.matcher.judge(article)


class Watch:
    """The campaigns that articles are judged by; somebody may change one while a sweep goes on."""

    def __init__(self, looked_for: Sequence[Campaign], judges: Judges) -> None:
        self._judges = judges
        self._take(looked_for)

    def _take(self, looked_for: Sequence[Campaign]) -> None:
        self._versions = {campaign.slug: campaign.version for campaign in looked_for}
        self.matcher = self._judges.matcher(looked_for)

    def is_out_of_date(self, c: Connection) -> bool:
        """Whether somebody changed, added or ended a campaign since."""
        return campaigns.running(c) != self._versions

    def renew(self, c: Connection) -> None:
        """Take the campaigns as they are now."""
        self._take(campaigns.every(c))


def read_at(find: Find) -> tuple[str, ...]:
    """The addresses at which the article was really read, if it was."""
    if find.outcome is not FindOutcome.READ:
        return ()
    return (find.lead.url, find.page.requested_url, find.page.final_url) if find.page else (find.lead.url,)


def judge_anew(
    c: Connection, kept: Kept, judgements: Sequence[Judgement], judges: Judges, now: datetime
) -> None:
    """Make these judgements of a new or changed article hold, and place it in its story."""
    mentions.replace(c, judgements, now)
    search.keep(c, kept.article.key, kept.article if kept.change is Change.NEW else None)
    take_in(c, kept.article, judges, now)
    bring_accepted(c, [kept.article.key], now)  # before it came, or in a story that it has left
