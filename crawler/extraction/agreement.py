"""Whether the dates that a page declares agree so well that nothing else on it needs to be read.

Which date is chosen otherwise is for `crawler.extraction.published`.
"""

from collections.abc import Sequence

from crawler.extraction.datings import Seen
from crawler.extraction.zone import Home
from crawler.records import Precision

# Signs of a first publication that machines give.
FIRM = {
    "json-ld datePublished", "json-ld page datePublished", "article:published_time", "meta published",
    "itemprop datePublished stamp", "itemprop datePublished", "script state datePublished",
}  # fmt: skip


def agree(declared: Sequence[Seen], home: Home) -> bool:
    """Whether two kinds of firm sign or more give one and the same minute: what the page shows adds nothing.

    Where they give it in UTC, the outlet's clock must be known otherwise: what is shown tells it.
    """
    firm = [seen for seen in declared if seen.found_by in FIRM and seen.stamp.precision is not Precision.DAY]
    if len({seen.found_by for seen in firm}) < 2 or any(seen.stamp.offset_minutes is None for seen in firm):
        return False
    if not home.sure and not any(seen.stamp.offset_minutes for seen in firm):
        return False
    return len({seen.stamp.moment().instant.replace(second=0) for seen in firm}) == 1
