"""Headlines as words that compare, without the outlet's name; and how alike two headlines are."""

import re

from aggregator.stories import words
from aggregator.stories.newsroom import FILLERS, RECURRING, ROUND_UP
from crawler.records import Article

# Between a headline and what a site puts before or behind it, and between the parts of a headline.
_PART = re.compile(r"\s+[|–—·•»-]+\s+|\s*[|»]\s*|:\s+|\s[–—-]\s|\s\.\.\.\s")
_ADDRESS = re.compile(r"\.(?:com|org|net|co\.uk|de|fr|es|tv|news)\s*$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_NAME = 4


def forms(article: Article) -> tuple[tuple[str, ...], ...]:
    """The different forms of an article's headline, each as its folded words, the shown one first."""
    names = _names(article)
    found = (
        tuple(words.split(without_names(text, names)))
        for text in (article.headline, *dict(article.headlines).values())
    )
    return tuple(dict.fromkeys(form for form in found if form))


def without_names(headline: str, names: frozenset[str]) -> str:
    """The headline less the parts at its ends that are the outlet's name or a web address."""
    cuts = [(0, 0), *(found.span() for found in _PART.finditer(headline)), (len(headline), len(headline))]
    first, last = 0, len(cuts) - 1
    while last - first > 1 and _is_name(headline[cuts[last - 1][1] : cuts[last][0]], names):
        last -= 1
    while last - first > 1 and _is_name(headline[cuts[first][1] : cuts[first + 1][0]], names):
        first += 1
    return headline[cuts[first][1] : cuts[last][0]]


def content(form: tuple[str, ...]) -> frozenset[str]:
    """The words of a headline that say something."""
    return frozenset(word for word in form if word not in FILLERS)


def likeness(one: tuple[tuple[str, ...], ...], other: tuple[tuple[str, ...], ...]) -> float:
    """How alike two headlines are in their best forms: shared words over all words (Jaccard), 0 to 1."""
    best = 0.0
    for form in one:
        for rival in other:
            a, b = content(form), content(rival)
            if a and b:
                best = max(best, len(a & b) / len(a | b))
    return best


def name_other_years(one: tuple[tuple[str, ...], ...], other: tuple[tuple[str, ...], ...]) -> bool:
    """Whether each of two headlines names a year and none the other's: pages of a series."""
    years = [{word for form in forms for word in form if _YEAR.fullmatch(word)} for forms in (one, other)]
    return all(years) and not years[0] & years[1]


def is_round_up(found: tuple[tuple[str, ...], ...]) -> bool:
    """Whether a headline is that of a page that holds several stories (news briefs, top stories)."""
    return any(ROUND_UP.search(" ".join(form)) for form in found)


def is_recurring(found: tuple[tuple[str, ...], ...]) -> bool:
    """Whether another day's page may bear the same headline over other news (horoscopes, briefings)."""
    return is_round_up(found) or any(RECURRING.search(" ".join(form)) for form in found)


def _names(article: Article) -> frozenset[str]:
    domain = article.url.partition("//")[2].partition("/")[0].lower()
    names = {article.outlet, article.outlet_slug or "", domain, domain.removeprefix("www.")}
    return frozenset("".join(words.split(name)) for name in names if name)


def _is_name(part: str, names: frozenset[str]) -> bool:
    """Whether a part of a headline is the outlet's name, alone or in a few words (`KHQ Right Now`)."""
    said = words.split(part)
    joined = "".join(said)
    if not joined or joined in names or _ADDRESS.search(part):
        return True
    return len(said) <= _LONGEST_NAME and any(name in said for name in names)
