"""Numbers that people type and nothing can have: they name what is not there, on both databases."""

import pytest

from aggregator import desk
from aggregator.errors import UnknownSubject
from aggregator.store import campaigns
from aggregator.store.session import Store
from tests.aggregator.samples import CAMPAIGN, JUDGES, NOON, make_article, take_in

ANA = desk.Signature(by="Ana", at=NOON)


@pytest.mark.parametrize("number", [-1, 0, 2**31, 2**63, 10**30])
def test_a_number_that_nothing_can_have_is_not_there(store: Store, number: int) -> None:
    take_in(store, make_article())
    taken = desk.accept(store, CAMPAIGN.slug, [make_article().key], ANA)
    with pytest.raises(UnknownSubject, match="there is no decision"):
        desk.undo(store, number, ANA, JUDGES)
    with store.reading() as c, pytest.raises(UnknownSubject, match="there is no version"):
        campaigns.get(c, CAMPAIGN.slug, number)
    assert desk.history(store, CAMPAIGN.slug, number) == ([taken] if number > taken.id else [])
