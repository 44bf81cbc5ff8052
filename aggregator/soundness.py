"""Whether a decision can be one: what each verdict names and corrects, said at the desk or told by a file."""

from datetime import date
from urllib.parse import urlsplit

from aggregator.errors import Unusable
from aggregator.records import Decision, Verdict
from crawler.text import one_line

MOST_AT_ONCE = 1_000
FIELDS = ("headline", "outlet", "date", "note", "link")
ABOUT_STORIES = (Verdict.MERGE, Verdict.KEEP_APART, Verdict.SPLIT, Verdict.SHOW)
_EVERYWHERE = (Verdict.MERGE, Verdict.KEEP_APART, Verdict.SPLIT, Verdict.UNRELATED)
_ANYWHERE = (Verdict.SHOW, Verdict.UNDO)
# How many articles each verdict names, at least and at most, and in words, where it is not one to a thousand.
_ONE = (1, 1, "one article")
_NAMED = {
    Verdict.CORRECT: _ONE,
    Verdict.SPLIT: _ONE,
    Verdict.SHOW: _ONE,
    Verdict.UNDO: (1, 1, "one decision"),
    Verdict.UNRELATED: (2, 2, "two articles"),
    Verdict.MERGE: (2, MOST_AT_ONCE, "at least two articles"),
    Verdict.KEEP_APART: (2, MOST_AT_ONCE, "at least two articles"),
}


def check(decision: Decision) -> None:
    """Raise Unusable where a decision names too few or too many, or the wrong campaign or none."""
    verdict, named = decision.verdict, set(decision.subjects) - {""}
    least, most, wanted = _NAMED.get(verdict, (1, MOST_AT_ONCE, f"1 to {MOST_AT_ONCE} articles"))
    if len(named) != len(decision.subjects) or not least <= len(named) <= most:
        raise Unusable(f"{verdict}: name {wanted}, not {len(decision.subjects)}")
    if verdict not in _ANYWHERE and (decision.campaign is None) != (verdict in _EVERYWHERE):
        wanted = "holds everywhere" if verdict in _EVERYWHERE else "is said for one campaign"
        raise Unusable(f"{verdict} {wanted}, not for {decision.campaign or 'all'}")
    if (verdict is Verdict.CORRECT) != bool(decision.corrections):
        raise Unusable(f"only {Verdict.CORRECT} has corrections, and at least one: {', '.join(FIELDS)}")


def check_correction(name: str, value: str) -> str:
    """The value as it will be kept. Raises Unusable."""
    if name not in FIELDS:
        raise Unusable(f"{name!r} cannot be corrected; what can: {', '.join(FIELDS)}")
    value = one_line(value)
    if name == "date" and value:
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError as error:
            raise Unusable(f"date: {value!r} is no day; write it as 2017-03-28") from error
    if name == "link" and value and urlsplit(value).scheme not in ("http", "https"):
        raise Unusable(f"link: {value!r} does not begin with http:// or https://")
    return value
