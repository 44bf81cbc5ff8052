"""What of the desk to look at, as it stands in the address: query string <-> Filters <-> the store's View."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from urllib.parse import urlencode

from aggregator.records import Status, Tier
from aggregator.store.entries import View

PAGE_SIZE = 50
ALL = "all"
LIKELY_FIRST = "likely"
STATUSES = (*(str(status) for status in Status), ALL)
_OPERATOR = re.compile(r'\b(outlet|after|before|tier|is|status):(?:"([^"]*)"|(\S+))')


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """A search of the desk, as text; what cannot be read counts as not said."""

    status: str = str(Status.WAITING)
    q: str = ""
    outlet: str = ""
    tier: str = ""
    after: str = ""
    before: str = ""
    starred: str = ""
    order: str = ""

    @property
    def narrowed(self) -> int:
        """How many of the filters behind the button are set."""
        return sum(bool(value) for value in (self.outlet, self.tier, self.after, self.before, self.starred))

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the status is asked for."""
        return bool(self.q or self.narrowed)

    def query(self, **changes: str | int) -> str:
        """The query string of this search, with changes."""
        values = {each.name: getattr(self, each.name) for each in fields(self)} | changes
        return urlencode([(key, str(value)) for key, value in values.items() if value], errors="replace")

    def href(self, campaign: str, **changes: str | int) -> str:
        """The address of this search at a campaign's desk."""
        return f"/c/{campaign}/desk?{self.query(**changes)}"


def from_query(query: Mapping[str, str]) -> Filters:
    """The search that an address asks for; operators in the search text count like the fields."""
    known = {each.name for each in fields(Filters)}
    read = Filters(**{key: value.strip()[:300] for key, value in query.items() if key in known})
    read = _with_operators(read)
    return replace(
        read,
        status=read.status if read.status in STATUSES else str(Status.WAITING),
        tier=read.tier if read.tier in {str(tier) for tier in Tier} else "",
        after=read.after if _day(read.after) else "",
        before=read.before if _day(read.before) else "",
        starred="yes" if read.starred else "",
        order=LIKELY_FIRST if read.order == LIKELY_FIRST else "",
    )


def _with_operators(read: Filters) -> Filters:
    """`outlet:"NBC News" after:2017-03-01 is:starred` in the search text, as fields."""
    told: dict[str, str] = {}
    for name, quoted, plain in _OPERATOR.findall(read.q):
        if name == "is":
            told["starred"] = "yes" if plain == "starred" else read.starred
        else:
            told[name] = quoted or plain
    return replace(read, q=" ".join(_OPERATOR.sub(" ", read.q).split()), **told)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def view_of(filters: Filters, page: int = 1, size: int = PAGE_SIZE) -> View:
    """The store's view of this search."""
    return View(
        status=None if filters.status == ALL else Status(filters.status),
        search=filters.q,
        outlet=filters.outlet or None,
        tier=Tier(filters.tier) if filters.tier else None,
        starred=True if filters.starred else None,
        since=_day(filters.after),
        until=_day(filters.before),
        limit=size,
        offset=(page - 1) * size,
    )
