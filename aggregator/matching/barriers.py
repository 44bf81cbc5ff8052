"""What keeps an article off the list although the words are there: voice, outlet, language, day."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from aggregator.matching.facts import Facts, lies_in
from aggregator.records import Campaign
from crawler.languages import primary_language
from crawler.records import Article, Precision, Scope
from crawler.text import fold

# Wires that are paid to carry announcements, as they sign their text.
_RELEASE_WIRES = (
    "prnewswire", "pr newswire", "business wire", "businesswire", "globenewswire", "globe newswire",
    "marketwired", "marketwire", "ein presswire", "einpresswire", "accesswire", "prweb", "newswire.com",
    "newsfile", "cision", "presseportal", "news aktuell", "cnw", "cnw group", "canada newswire",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Barrier:
    """Why an article does not count: a stable word, and the sentence for people."""

    cause: str
    reason: str


def first_barrier(campaign: Campaign, facts: Facts) -> Barrier | None:
    """The first thing that keeps the article off the campaign's list, None where nothing does."""
    checks: Sequence[Callable[[Campaign, Facts], Barrier | None]] = (
        whose_voice, _check_release, _check_outlet, _check_language, _check_window
    )  # fmt: skip
    return next((barrier for check in checks if (barrier := check(campaign, facts)) is not None), None)


def _addresses(article: Article) -> Iterator[str]:
    yield article.url
    yield article.canonical_url
    if site := article.evidence.get("site"):  # a search keeps the page's address to itself
        yield site.value


def whose_voice(campaign: Campaign, facts: Facts) -> Barrier | None:
    """The barrier of a page on the campaign's own or a partner's site."""
    for cause, domains, whose in (
        ("own domain", campaign.own_domains, "the campaign's own"),
        ("partner domain", campaign.partner_domains, "a partner's"),
    ):
        for domain in domains:
            if any(lies_in(url, domain) for url in _addresses(facts.article)):
                return Barrier(
                    cause, f"{facts.article.url} is {whose} site ({domain}): our voice, no coverage"
                )
    return None


def _check_release(_: Campaign, facts: Facts) -> Barrier | None:
    article, outlet = facts.article, facts.outlet
    if outlet is not None and outlet.scope is Scope.PRESS_RELEASE:
        return Barrier("press release", f"{outlet.name} carries announcements that are paid for: no coverage")
    if article.wire_credit and fold(article.wire_credit) in _RELEASE_WIRES:
        return Barrier(
            "press release", f"an announcement of {article.wire_credit} on {article.outlet}: no coverage"
        )
    if "/PRNewswire/" in article.text[:400]:
        return Barrier("press release", f"an announcement of PR Newswire on {article.outlet}: no coverage")
    return None


def _check_outlet(campaign: Campaign, facts: Facts) -> Barrier | None:
    if not campaign.outlets:
        return None
    names = {fold(name) for name in (facts.article.outlet, facts.article.outlet_slug or "")}
    if names & {fold(outlet) for outlet in campaign.outlets}:
        return None
    return Barrier("outlet", f"{facts.article.outlet} is not among the campaign's outlets")


def _check_language(campaign: Campaign, facts: Facts) -> Barrier | None:
    language = primary_language(facts.article.language)
    wanted = {primary_language(code) for code in campaign.languages}
    if not wanted or language is None or language in wanted:
        return None
    return Barrier(
        "language", f"written in {language}; the campaign wants {', '.join(sorted(campaign.languages))}"
    )


def window(campaign: Campaign) -> tuple[date | None, date | None]:
    """The first and last day that count; None where that end is open."""
    first = campaign.starts_on and shifted(campaign.starts_on, -campaign.grace_before)
    last = campaign.ends_on and shifted(campaign.ends_on, campaign.grace_after)
    return first, last


def shifted(day: date, days: int) -> date:
    """So many days later, or earlier; some write 9999-12-31 for "no end", behind which there is no day."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _check_window(campaign: Campaign, facts: Facts) -> Barrier | None:
    first, last = window(campaign)
    earliest, latest = _days(facts.article)
    if first is not None and latest < first:
        return Barrier("outside the window", _say_distance(facts.article, latest, first))
    if last is not None and earliest is not None and earliest > last:
        return Barrier("outside the window", _say_distance(facts.article, earliest, last))
    return None


def _days(article: Article) -> tuple[date | None, date]:
    """The first and last day on which it may have come out, in the outlet's own days.

    Where the day is not told, all that is known is that it was there when it was first seen.
    """
    if article.published is None:
        return None, shifted(article.first_seen.date(), 1)
    day = article.published.day
    if article.published.offset_minutes is not None or article.published.precision is Precision.DAY:
        return day, day
    return shifted(day, -1), shifted(day, 1)


def _say_distance(article: Article, day: date, edge: date) -> str:
    distance = abs((day - edge).days)
    days = "1 day" if distance == 1 else f"{distance} days"
    side = f"{days} before the window begins" if day < edge else f"{days} after the window ended"
    seen = "published on" if article.published else "seen, though its date is not known, not after"
    return f"{seen} {day}, {side} ({edge})"
