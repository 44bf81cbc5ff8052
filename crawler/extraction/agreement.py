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


def agree(seen: Sequence[Seen], home: Home, url: str) -> bool:
    """Whether firm signs give one and the same minute, so that what else the page shows adds nothing.

    One kind of sign must be borne out: by a second kind, by the day in the address or in an element that
    shows dates, or by a change within a day that a machine tells too. Where they give it in UTC,
    the outlet's clock must be known otherwise: what is shown tells it. A stamp without an offset
    agrees with one that shows the same clock at another offset than UTC's.
    """
    told = [each for each in seen if each.found_by in FIRM and each.stamp.precision is not Precision.DAY]
    firm = [each for each in told if each.stamp.offset_minutes is not None]
    local = {each.stamp.clock.replace(second=0) for each in firm if each.stamp.offset_minutes}
    naive = {each.stamp.clock.replace(second=0) for each in told if each.stamp.offset_minutes is None}
    if not firm or not naive <= local or not (home.sure or local):
        return False
    minutes = {_minute_of(each) for each in firm}
    if len(minutes) > 1:
        return False
    is_borne_out = len({each.found_by for each in firm}) > 1 or _has_the_day(url, firm[0])
    return is_borne_out or _is_shown(seen, firm[0]) or _changed_within_a_day(seen, minutes.pop())


def _minute_of(seen: Seen) -> datetime:
    return seen.stamp.moment().instant.replace(second=0)


def _is_shown(seen: Sequence[Seen], firm: Seen) -> bool:
    """Whether an element that is shown tells the same day."""
    return any(each.node is not None and each.stamp.clock.date() == firm.stamp.clock.date() for each in seen)


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
