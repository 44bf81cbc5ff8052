"""Looks at mailboxes: new mail -> worker by worker -> leads and the state to remember, kept as one Poll.

Both the server and its mail are met in a worker, which may be killed: neither can stop the sweep.
"""

from collections.abc import Mapping

from crawler.cadence import HARD, TEMPORARY, Look, next_state
from crawler.errors import CrawlerError
from crawler.mailboxes import Mailbox
from crawler.politeness.mailbox import PATIENCE, MailboxShut, Post
from crawler.records import Lead, Page, Poll, PollOutcome, PollState, Source
from crawler.spiders.order import SweepOrder
from crawler.spiders.tasks import fetch_mail, read_answer
from crawler.workers import Spoilt, Workers

_HEADERS = (("content-type", "message/rfc822"),)


class Postman:
    """Makes Polls of mailboxes, by the ids of their sources."""

    def __init__(self, order: SweepOrder, workers: Workers) -> None:
        self._order = order
        self._workers = workers
        self._patience = min(PATIENCE, order.manners.request_seconds)
        self._mailboxes: Mapping[str, Mailbox] = {each.source.id: each for each in order.mailboxes}

    async def look(self, source: Source, before: PollState) -> Poll:
        """One look at one mailbox, from where the last one ended."""
        mailbox = self._mailboxes.get(source.id)
        if mailbox is None:
            return self._fail(source, before, "the settings name no such mailbox any more", HARD)
        try:
            post = await self._workers.run(fetch_mail, mailbox, before.etag, self._patience)
        except MailboxShut as error:
            return self._fail(source, before, str(error), HARD)
        except CrawlerError as error:
            return self._fail(source, before, str(error), TEMPORARY)
        if isinstance(post, Spoilt):
            words = f"the mail server {mailbox.host} does not answer in time ({post.reason})"
            return self._fail(source, before, words, TEMPORARY)
        return await self._read(source, before, post)

    async def _read(self, source: Source, before: PollState, post: Post) -> Poll:
        """Each mail by itself: one that cannot be read costs its neighbours nothing."""
        leads: dict[str, Lead] = {}
        problems = list(post.problems)
        for uid, body in post.letters:
            found, words = await self._read_letter(source, uid, body)
            problems.extend(words)
            for lead in found:
                leads.setdefault(lead.url, lead)
        outcome = PollOutcome.UNCHANGED if post.position == before.etag else PollOutcome.NEW
        look = Look(
            outcome=outcome,
            at=self._order.clock(),
            headers=(("etag", post.position),),
            dates=[lead.published.instant for lead in leads.values() if lead.published],
        )
        state = next_state(source, before, look)
        return Poll(
            source=source,
            outcome=outcome,
            state=state,
            leads=tuple(leads.values()),
            problems=tuple(problems),
        )

    async def _read_letter(
        self, source: Source, uid: int, body: bytes
    ) -> tuple[tuple[Lead, ...], tuple[str, ...]]:
        page = Page(
            requested_url=source.url,
            final_url=source.url,
            status=200,
            headers=_HEADERS,
            body=body,
            fetched_at=self._order.clock(),
        )
        try:
            reading = await self._workers.run(read_answer, page, source, None)
        except CrawlerError as error:
            return (), (f"mail {uid} left out: {error}",)
        if isinstance(reading, Spoilt):
            return (), (f"mail {uid} left out: {reading.reason}",)
        return reading.leads, reading.problems

    def _fail(self, source: Source, before: PollState, words: str, weight: float) -> Poll:
        look = Look(outcome=PollOutcome.FAILED, at=self._order.clock(), trouble=words, weight=weight)
        state = next_state(source, before, look)
        return Poll(source=source, outcome=PollOutcome.FAILED, state=state)
