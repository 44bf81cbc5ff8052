"""The form in which a list writes its days, as in `M.D.YYYY`: a day in it, and what is wrong with it."""

import calendar
import re
from datetime import date

_TOKEN = re.compile("YYYY|YY|MMMM|MMM|MM|M|DD|D")
_WORD = re.compile(r"[^\W\d_]+")
_RUN = re.compile(r"(.)\1*")


def day_text(day: date, form: str) -> str:
    """A day in a form of tokens: 2017-03-28 in "M.D.YYYY" is "3.28.2017", in "MMMM D" it is "March 28"."""
    values = {
        "YYYY": f"{day.year:04d}",
        "YY": f"{day.year % 100:02d}",
        "MMMM": calendar.month_name[day.month],
        "MMM": calendar.month_abbr[day.month],
        "MM": f"{day.month:02d}",
        "M": str(day.month),
        "DD": f"{day.day:02d}",
        "D": str(day.day),
    }
    return _TOKEN.sub(lambda token: values[token[0]], form)


def form_fault(form: str) -> str:
    """What is wrong with a form of days; empty where nothing is. An empty form shows no day.

    Small letters, as other programs have them, would be published as they stand, and a token inside
    a word would be filled in there.
    """
    found = _WORD.findall(form)
    wrong = [word for word in found if not _is_made_of_tokens(word) and _looks_like_tokens(word)]
    if not form or (not wrong and any(_is_made_of_tokens(word) for word in found)):
        return ""
    named = f"{wrong[0]!r} is no part of a date" if wrong else "no part of a date is in it"
    return f"{named}; write YYYY, YY, MMMM (March), MMM (Mar), MM, M, DD or D, as in M.D.YYYY or MMMM D, YYYY"


def _is_made_of_tokens(word: str) -> bool:
    return all(_TOKEN.fullmatch(run[0]) for run in _RUN.finditer(word))


def _looks_like_tokens(word: str) -> bool:
    return not set(word).isdisjoint("YMD") or set(word) <= set("ymd")
