""" "Always call this outlet …": a rule of a person, at once on every desk and for all that comes."""

from datetime import datetime

from aggregator.errors import Unusable
from aggregator.store import articles, crowds, entries, outlet_names
from aggregator.store.session import Store
from crawler.text import one_line


def always_call(store: Store, key: str, name: str, by: str, at: datetime) -> str:
    """Call the outlet of this article so from now on; answers what it was called. Raises Unusable."""
    name = one_line(name).strip()
    with store.writing(durable=True) as c:
        article = articles.get(c, key)
        if article is None or not name:
            raise Unusable("An outlet needs a name of at least one letter.")
        [before] = {each.outlet for each in outlet_names.apply(c, {key: article}).values()}
        outlet_names.call(c, article, name, by, at)
        crowds.doubt(c)
        entries.refresh(c, outlet_names.stories_called(c, before))
        return before


def call_as_before(store: Store, outlet: str) -> None:
    """Forget the rule for this outlet: it is called again what the web calls it."""
    with store.writing(durable=True) as c:
        names = [row.name for row in outlet_names.every(c) if row.outlet == outlet]
        outlet_names.forget(c, outlet)
        crowds.doubt(c)
        for name in names:
            entries.refresh(c, outlet_names.stories_called(c, name))
