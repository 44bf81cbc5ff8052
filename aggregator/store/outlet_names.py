"""What people want outlets to be called: "always call this outlet …", a rule for all that is and comes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from aggregator.records import Carrier
from aggregator.store import rows
from aggregator.store.people_tables import outlet_names
from aggregator.store.tables import entries
from crawler import urls
from crawler.records import Article, Evidence, Rival


def outlet_of(article: Article) -> str:
    """What a rule holds on to: the outlet of the directory, else the site."""
    return article.outlet_slug or urls.registrable_domain(article.url) or article.outlet


def call(c: Connection, article: Article, name: str, by: str, at: datetime) -> None:
    """From now on the outlet of this article is called so, in every campaign."""
    line = {"outlet": outlet_of(article), "name": name, "said_by": by, "said_at": at}
    rows.put(c, outlet_names, [line])


def forget(c: Connection, outlet: str) -> None:
    """The outlet is called again what the web calls it."""
    c.execute(delete(outlet_names).where(outlet_names.c.outlet == outlet))


def every(c: Connection) -> Sequence[Row[Any]]:
    """All rules: outlet, name, said_by, said_at."""
    return c.execute(select(outlet_names).order_by(outlet_names.c.outlet)).all()


def apply(c: Connection, found: Mapping[str, Article]) -> dict[str, Article]:
    """The articles, their outlets called as people want it; what the web said stays as evidence."""
    wanted = {row.outlet: row for row in c.execute(select(outlet_names))}
    if not wanted:
        return dict(found)
    return {key: renamed(article, wanted.get(outlet_of(article))) for key, article in found.items()}


def of_carriers(c: Connection, found: Mapping[str, Row[Any]]) -> dict[str, Carrier]:
    """Rows of articles (outlet, outlet_slug, headline, url) as carriers, called as people want it."""
    wanted = {row.outlet: row.name for row in c.execute(select(outlet_names))}
    made = {}
    for key, row in found.items():
        name = row.outlet
        if wanted:
            name = wanted.get(row.outlet_slug or urls.registrable_domain(row.url) or row.outlet, name)
        made[key] = Carrier(key=key, outlet=name, headline=row.headline, url=row.url)
    return made


def renamed(article: Article, rule: Row[Any] | None) -> Article:
    """The article by the rule, if there is one."""
    if rule is None or rule.name == article.outlet:
        return article
    before = article.evidence.get("outlet")
    rivals = before.rivals if before else ()
    told = Rival(value=article.outlet, found_by=before.found_by if before else "the page")
    proof = Evidence(value=rule.name, found_by=f"{rule.said_by} always calls it so", rivals=(told, *rivals))
    return replace(article, outlet=rule.name, evidence={**article.evidence, "outlet": proof})


def stories_called(c: Connection, name: str) -> set[str]:
    """The stories at any desk whose outlet goes by this name, or is named in them."""
    return set(c.scalars(select(entries.c.story_id).where(entries.c.outlet == name)))
