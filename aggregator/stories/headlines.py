"""Headlines as words that compare: without the outlet's name, in all forms the page had; and how alike two are."""

import re

from aggregator.stories import words
from crawler.records import Article

# Between a headline and what a site puts before or behind it, and between the parts of a headline.
_PART = re.compile(r"\s+[|–—·•»-]+\s+|\s*[|»]\s*|:\s+|\s[–—-]\s|\s\.\.\.\s")
_FILLERS = frozenset(
    "a an and are as at be but by for from has have he her his in is it its of on or over s says said she that the their to "
    "up was were will with after about amid de la el en y le les der die das und".split()
)
# Headlines of columns, series and round-ups, whose pages hold several stories or the same words every day.
_ROUND_UP = re.compile(
    r"\b(?:news|nation(?:al)?|world|local|sports?|business|state|regional|crime) briefs?\b|\bin brief\b|\bbriefs\b"
    r"|\btop stories\b|\bround-?up\b|\b(?:morning|evening|daily|weekly|news) (?:briefing|digest|update|report|links)\b"
    r"|\bheadlines\b|\b(?:\d+|five|three|ten|six|seven) things (?:to know|you need to know)\b|\bwhat you need to know today\b"
    r"|\bnews (?:of|in) the (?:day|week)\b|\bnewsletter\b|\bdigest\b|\bthe week in\b|\bnoticias del dia\b|\bkurz notiert\b"
)


def forms(article: Article) -> tuple[tuple[str, ...], ...]:
    """The different forms of an article's headline, each as its folded words, the shown one first."""
    names = _names(article)
    found = (tuple(words.split(without_names(text, names))) for text in (article.headline, *dict(article.headlines).values()))
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
    return frozenset(word for word in form if word not in _FILLERS)


def likeness(one: tuple[tuple[str, ...], ...], other: tuple[tuple[str, ...], ...]) -> float:
    """How alike two headlines are in their best forms: shared words over all words (Jaccard), 0 to 1."""
    best = 0.0
    for form in one:
        for rival in other:
            a, b = content(form), content(rival)
            if a and b:
                best = max(best, len(a & b) / len(a | b))
    return best


def containment(one: tuple[tuple[str, ...], ...], other: tuple[tuple[str, ...], ...]) -> float:
    """How much of the shorter headline stands in the longer, in their best forms of three words or more, 0 to 1."""
    best = 0.0
    for form in one:
        for rival in other:
            a, b = content(form), content(rival)
            if min(len(a), len(b)) >= 3:
                best = max(best, len(a & b) / min(len(a), len(b)))
    return best


def is_round_up(found: tuple[tuple[str, ...], ...]) -> bool:
    """Whether a headline is that of a page that holds several stories (news briefs, top stories)."""
    return any(_ROUND_UP.search(" ".join(form)) for form in found)


def _names(article: Article) -> frozenset[str]:
    domain = article.url.partition("//")[2].partition("/")[0].lower()
    names = {article.outlet, article.outlet_slug or "", domain, domain.removeprefix("www.")}
    return frozenset("".join(words.split(name)) for name in names if name)


def _is_name(part: str, names: frozenset[str]) -> bool:
    joined = "".join(words.split(part))
    return not joined or joined in names or re.search(r"\.(?:com|org|net|co\.uk|de|fr|es|tv|news)\s*$", part.lower()) is not None
