"""Whether the dates that a page declares agree so well that nothing else on it needs to be read.

Which date is chosen otherwise is for `crawler.extraction.published`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from crawler.extraction.datings import URL_DAY, Seen
from crawler.extraction.zone import Home
from crawler.records import Precision

_A_MINUTE, _A_DAY = timedelta(minutes=1), timedelta(days=1)
# Signs of a first publication that machines give.
FIRM = {
    "json-ld datePublished", "json-ld page datePublished", "article:published_time", "meta published",
    "itemprop datePublished stamp", "itemprop datePublished", "script state datePublished",
}  # fmt: skip


def agree(declared: Sequence[Seen], home: Home, url: str) -> bool:
    """Whether firm signs give one and the same minute, so that what the page shows adds nothing.

    One kind of sign must be borne out: by a second kind, by the day in the address, or by a change
    within a day that a machine tells too. Where they give it in UTC, the outlet's clock must be known
    otherwise: what is shown tells it.
    """
    firm = [seen for seen in declared if seen.found_by in FIRM and seen.stamp.precision is not Precision.DAY]
    if not firm or any(seen.stamp.offset_minutes is None for seen in firm):
        return False
    if not home.sure and not any(seen.stamp.offset_minutes for seen in firm):
        return False
    minutes = {seen.stamp.moment().instant.replace(second=0) for seen in firm}
    if len(minutes) > 1:
        return False
    is_borne_out = len({seen.found_by for seen in firm}) > 1 or _has_the_day(url, firm[0])
    return is_borne_out or _changed_within_a_day(declared, minutes.pop())


def _has_the_day(url: str, seen: Seen) -> bool:
    found = URL_DAY.search(urlsplit(url).path)
    return found is not None and "-".join(found.groups()) == seen.stamp.clock.date().isoformat()


def _changed_within_a_day(declared: Sequence[Seen], first: datetime) -> bool:
    """A change days later may be what the page shows as its date; then that must be read."""
    changes = [seen.stamp for seen in declared if is_change(seen.found_by)]
    instants = [stamp.moment().instant for stamp in changes if stamp.offset_minutes is not None]
    return any(first + _A_MINUTE <= instant for instant in instants) and max(instants) - first < _A_DAY


def is_change(found_by: str) -> bool:
    """Whether a sign tells of a change."""
    return "odified" in found_by
