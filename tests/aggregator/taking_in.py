"""A process that takes in articles and decides about them until it is done or killed.

`python -m tests.aggregator.taking_in URL COUNT`: it goes on where the last one was killed,
and says each thing that it was told is kept: `found KEY`, `decided NUMBER`.
"""

import sys

from aggregator import desk
from aggregator.intake import Intake
from aggregator.store import leads
from aggregator.store.session import Store
from crawler.records import Lead, Poll, PollOutcome, PollState
from tests.aggregator.samples import CAMPAIGN, FEED, JUDGES, NOON, clock, make_article, make_find, make_lead

BATCH = 20


def article_of(lead: Lead) -> int:
    """The number of the article behind a lead."""
    return int(lead.url.rpartition("/")[2])


def run(url: str, count: int) -> None:
    """Poll for what was not polled yet, read what waits, accept every fifth."""
    store = Store.open(url)
    intake = Intake(store, (CAMPAIGN,), JUDGES, clock)
    for first in range(0, count, BATCH):
        found = tuple(make_lead(number) for number in range(first, min(first + BATCH, count)))
        with store.reading() as c:
            if leads.find(c, found[0].url) is not None:
                continue
        state = PollState(source_id=FEED.id, polled_at=NOON)
        intake.keep_poll(Poll(source=FEED, outcome=PollOutcome.NEW, state=state, leads=found))
    for lead in intake.waiting(count):
        number = article_of(lead)
        # Every third shares its headline with others, so that stories grow while we are killed.
        article = (
            make_article(number, headline=f"Sanctuary {number % 7}") if number % 3 else make_article(number)
        )
        intake.keep_find(make_find(article))
        print(f"found {article.key}", flush=True)
        if number % 5 == 0:
            decision = desk.accept(store, CAMPAIGN.slug, [article.key], desk.Signature(by="Ana", at=NOON))
            print(f"decided {decision.id}", flush=True)


if __name__ == "__main__":
    run(sys.argv[1], int(sys.argv[2]))
