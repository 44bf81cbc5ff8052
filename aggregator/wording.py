"""Dates, counts and names in words, for pages and commands; English, with Babel for the calendar."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_timedelta

from aggregator.records import Entry, Kin, Relation
from crawler.records import Article, Zone

LOCALE = "en"
ZONES = {
    Zone.HEADLINE: "in the headline",
    Zone.SUMMARY: "in the summary",
    Zone.TEXT: "in the text",
    Zone.CAPTION: "in a caption",
    Zone.QUOTE: "in a quotation",
    Zone.EMBEDDED: "in an embedded post",
    Zone.LINK: "in a link of the text",
    Zone.FURNITURE: "outside the article",
}
# Scripts that are read from right to left, by primary language subtag.
_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"}
_JUST_NOW = timedelta(seconds=45)
# What runs count, where there is one of it.
_ONE = {
    "archives": "archive",
    "articles": "article",
    "campaigns": "campaign",
    "conflicts": "conflict",
    "looks_at_sources": "look at a source",
    "new_leads": "new lead",
    "not_articles": "not an article",
    "pages": "page",
    "sources": "source",
    "sources_failed": "source failed",
    "stories_after": "story after",
    "stories_before": "story before",
}


def long_day(day: date | None) -> str:
    """A day as people say it: "Tue 28 Mar 2017"."""
    return str(format_date(day, "EEE d MMM yyyy", locale=LOCALE)) if day else "no date"


def exact_time(moment: datetime) -> str:
    """A time to the minute, UTC."""
    return str(format_datetime(moment, "d MMM yyyy, HH:mm 'UTC'", locale=LOCALE))


def read_aloud(written: str) -> str:
    """An ISO 8601 day or time as people say it, by its own clock; anything else as it is written."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return written
    if len(written) <= len("2017-03-28"):
        return long_day(moment.date())
    zone = f" ({moment.tzname()})".replace("-", "−") if moment.tzinfo else ""
    return f"{long_day(moment.date())}, {moment:%H:%M}{zone}"


def ago(moment: datetime, now: datetime) -> str:
    """How long since: "5 minutes ago"."""
    if abs(now - moment) < _JUST_NOW:
        return "just now"
    return str(format_timedelta(moment - now, add_direction=True, locale=LOCALE, threshold=1.2))


def how_long(span: timedelta) -> str:
    """A duration: "12 seconds"."""
    if span < timedelta(seconds=1):
        return "under a second"
    return str(format_timedelta(span, locale=LOCALE, threshold=1.5))


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 entry", "12,400 entries"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def counted(counts: Mapping[str, int]) -> str:
    """What a run counted, without the zeros: "44 sources, 1 new lead"; empty where there is nothing."""
    return ", ".join(f"{number:,} {_counted_name(name, number)}" for name, number in counts.items() if number)


def _counted_name(name: str, number: int) -> str:
    one = _ONE.get(name) if number == 1 else None
    return one or name.replace("_", " ")


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: "A, B and C"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def copies_line(entry: Entry) -> str:
    """Who else ran it: "also carried by FOX61 and 3 others"; empty where nobody did."""
    ours = (entry.outlet, entry.article.outlet)
    names = [name for name in dict.fromkeys(each.outlet for each in entry.carriers) if name not in ours]
    if not entry.carriers:
        return ""
    if not names:
        return f"also on {count(len(entry.carriers), 'other page')} of its own"
    if len(names) <= 2:
        return f"also carried by {listed(names)}"
    return f"also carried by {names[0]} and {count(len(names) - 1, 'other')}"


def kin_words(kin: Kin, own_language: str | None) -> str:
    """How a story is kin to an entry: "also in Spanish", "second-hand news from", "related"."""
    if kin.relation is Relation.REWRITE:
        return "second-hand news from" if kin.comes_from_it else "rewritten by"
    other = kin.language and own_language and kin.language.split("-")[0] != own_language.split("-")[0]
    tongue = f"in {language_name(kin.language)}" if kin.language and other else ""
    if kin.relation is Relation.TRANSLATION:
        return f"also {tongue}".rstrip() if tongue else "also in another language"
    return f"related, {tongue}" if tongue else "related"


def reports_line(reports: Sequence[Kin], own_language: str | None) -> str:
    """Whose reports of the same event there are: "Reuters, Univision (in Spanish) and 2 others"."""
    names = []
    for kin in reports:
        tongue = kin_words(kin, own_language).partition(", ")[2]
        names.append(f"{kin.outlet} ({tongue})" if tongue else kin.outlet)
    names = list(dict.fromkeys(names))
    return listed(names) if len(names) <= 3 else listed([*names[:2], count(len(names) - 2, "other")])


def direction(language: str | None) -> str:
    """The `dir` of text: by its language where we know it, else left to the browser."""
    if not language:
        return "auto"
    return "rtl" if language.split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"


def shown_link(entry: Entry) -> str:
    """Where the entry's headline leads: the person's own link, else the article's."""
    return entry.link or link_of(entry.article)


def link_of(article: Article) -> str:
    """The address to read an article at."""
    return article.canonical_url or article.url


def language_name(tag: str) -> str:
    """A language's English name, or the tag itself where Babel does not know it."""
    try:
        return Locale.parse(tag, sep="-").get_language_name(LOCALE) or tag
    except (UnknownLocaleError, ValueError):
        return tag
