"""Since when an entry is at the desk: kept with its mentions, and made up for what was kept before."""

from dataclasses import replace
from datetime import timedelta

from aggregator import desk
from aggregator.rematching import Course, rematch
from aggregator.store import campaigns, entries, migrations
from aggregator.store.session import Store
from tests.aggregator.review.morning import Clock
from tests.aggregator.samples import CAMPAIGN, JUDGES, NOON, make_article, take_in

DAY = timedelta(days=1)


def arrived(store: Store, since_days: float, until_days: float) -> int:
    with store.reading() as c:
        return len(entries.arrived(c, CAMPAIGN.slug, NOON + since_days * DAY, NOON + until_days * DAY))


def test_an_entry_came_when_its_first_article_did(store: Store) -> None:
    take_in(store, make_article(1), at=Clock(NOON))
    take_in(store, make_article(2, headline=make_article(1).headline), at=Clock(NOON + 2 * DAY))
    take_in(store, make_article(3), at=Clock(NOON + 2 * DAY))
    assert (arrived(store, -1, 0), arrived(store, 0, 1), arrived(store, 1, 2)) == (1, 0, 1)
    signed = desk.Signature(by="Ana", at=NOON + 3 * DAY)
    taken = desk.reject(store, CAMPAIGN.slug, [make_article(3).key], signed)
    assert arrived(store, 1, 4) == 0, "it does not wait"
    desk.undo(store, taken.id, signed, JUDGES)
    assert (arrived(store, 1, 2), arrived(store, 2, 4)) == (1, 0), "it waits again, and is no news"


def test_what_was_kept_before_came_when_it_was_found(store: Store) -> None:
    aside = make_article(2, headline="Elsewhere", text="Deportation.")
    take_in(store, make_article(1, first_seen=NOON), aside, at=Clock(NOON + 5 * DAY))
    assert arrived(store, 4, 5) == 1
    steps = migrations.known()
    [step] = [each.name[:4] for each in (migrations.HERE / "versions").glob("*_arrivals_and_drafts.py")]
    with store.writing() as c:
        migrations.downgrade(c, steps[steps.index(step) - 1])
        migrations.upgrade(c)
        wanted = campaigns.save(c, replace(CAMPAIGN, context_waits=True), "Ana", NOON + 6 * DAY)
    assert (arrived(store, -1, 0), arrived(store, 0, 9)) == (1, 0)
    rematch(store, wanted, JUDGES, course=Course(clock=Clock(NOON + 7 * DAY)))
    assert arrived(store, 0, 9) == arrived(store, 6, 7) == 1, "context comes when it is wanted"
