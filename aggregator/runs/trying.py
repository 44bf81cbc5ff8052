"""Tries a rule on the stored articles or on a folder of saved pages, as they would be read; saves nothing."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from aggregator import rematching
from aggregator.errors import Unusable
from aggregator.matching.needs import need_of
from aggregator.records import Campaign, Mention
from aggregator.runs.house import House
from aggregator.store import articles
from crawler.records import Article, Page

PAGES = (".html", ".htm", ".xhtml", ".mht.html")
TRIED = "try"


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """What a rule finds of `looked_at` articles, and the pages that hold none, and why.

    `tiers` counts all that is found, `found` names the first `rematching.MOST_NAMED`.
    """

    looked_at: int
    found: tuple[tuple[Article, Mention], ...]
    tiers: Mapping[str, int]
    no_articles: tuple[str, ...] = ()

    @property
    def found_in_all(self) -> int:
        """How many were found, named or not."""
        return sum(self.tiers.values())


def try_rule(house: House, rule: str) -> Trial:
    """What a rule finds among the stored articles. Raises RuleError."""
    campaign = Campaign(slug=TRIED, name=TRIED, rule=rule)
    matcher, need = house.judges.matcher([campaign]), need_of(campaign)
    made = rematching.try_rematch(house.store, campaign, matcher, need)
    with house.store.reading() as c:
        known = articles.some(c, [mention.article_key for mention in made.gained])
    found = tuple((known[mention.article_key], mention) for mention in made.gained)
    return Trial(looked_at=made.articles, found=found, tiers=made.tiers)


def try_rule_on_pages(house: House, rule: str, folder: Path, now: datetime) -> Trial:
    """What a rule finds on the saved pages of a folder and its sub-folders.

    Each is read as if it had come from the web, under an address made of its name; a page
    that names its own counts as that one. Raises RuleError; Unusable where there is no page.
    """
    from crawler.extraction import extract  # half a second to load, which no other command needs

    matcher = house.judges.matcher([Campaign(slug=TRIED, name=TRIED, rule=rule)])
    paths = sorted(path for path in folder.rglob("*") if path.name.lower().endswith(PAGES))
    if not paths:
        raise Unusable(f"{folder}: no saved page in it; they end in .html or .htm")
    found: list[tuple[Article, Mention]] = []
    none: list[str] = []
    for path in paths:
        read = extract(page_of(path, folder, now), house.directory)
        if not isinstance(read, Article):
            none.append(f"{path.relative_to(folder)}: {read.kind}: {read.reason}")
            continue
        found += ((read, each) for each in matcher.judge(read).telling() if isinstance(each, Mention))
    tiers = Counter(str(mention.tier) for _, mention in found)
    read_in_all = len(paths) - len(none)
    return Trial(looked_at=read_in_all, found=tuple(found), tiers=tiers, no_articles=tuple(none))


def page_of(path: Path, folder: Path, now: datetime) -> Page:
    """A saved page as if it had just been fetched. Raises Unusable where it cannot be read."""
    url = f"https://saved.example/{path.relative_to(folder).as_posix()}"
    try:
        body = path.read_bytes()
    except OSError as error:
        raise Unusable(f"{path}: cannot be read: {error.strerror}") from error
    headers = (("content-type", "text/html"),)
    return Page(requested_url=url, final_url=url, status=200, headers=headers, body=body, fetched_at=now)
