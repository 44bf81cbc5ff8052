"""What a person brings along: addresses, a clip without an address, a table -> Articles; pure."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from hashlib import sha256

from aggregator.errors import Unusable
from aggregator.exports.inert import web_link
from crawler import urls
from crawler.records import Access, Article, Evidence, Moment, Precision

LARGEST_TABLE = 5 * 1024 * 1024
MOST_ROWS = 10_000
MOST_ADDRESSES = 50
COLUMNS = ("headline", "outlet", "date", "url", "note")
# The words by which tables of other tools name what we want.
ALIASES = {
    "headline": ("headline", "title", "article", "story"),
    "outlet": ("outlet", "source", "publication", "publisher", "media outlet", "outlet name"),
    "date": ("date", "published", "publish date", "publication date", "day"),
    "url": ("url", "link", "address", "article url"),
    "note": ("note", "notes", "comment"),
}
KINDS = ("print", "radio", "television", "podcast", "other")


@dataclass(frozen=True, kw_only=True, slots=True)
class Clip:
    """One piece as a person described it."""

    headline: str
    outlet: str
    day: date | None = None
    url: str = ""
    note: str = ""


def read_addresses(text: str) -> tuple[list[str], list[str]]:
    """The web addresses in a pasted text, and the lines that are none."""
    words = list(dict.fromkeys(text.split()))
    good = [word for word in words if web_link(word)]
    return good[:MOST_ADDRESSES], [word for word in words if not web_link(word)] + good[MOST_ADDRESSES:]


def make_article(clip: Clip, by: str, now: datetime) -> Article:
    """An article that nobody read on the web: what a person says about it is its evidence."""
    url = clip.url or name_of(clip)
    told = {"headline": clip.headline, "outlet": clip.outlet}
    told |= {"published": clip.day.isoformat()} if clip.day else {}
    return Article(
        key=urls.key(url) if clip.url else url,
        url=url,
        canonical_url=url,
        headline=clip.headline,
        outlet=clip.outlet,
        first_seen=now,
        published=moment_of(clip.day),
        access=Access.UNREADABLE,
        media_type="article" if clip.url else "clip",
        urls=(url,),
        evidence={name: Evidence(value=value, found_by=f"told by {by}") for name, value in told.items()},
    )


def name_of(clip: Clip) -> str:
    """The name of a piece without an address: the same words give the same name."""
    words = "|".join((clip.headline, clip.outlet, str(clip.day)))
    return f"urn:clip:{sha256(words.encode('utf-8', 'replace')).hexdigest()[:24]}"


def moment_of(day: date | None) -> Moment | None:
    """A day as a published date."""
    return Moment(instant=datetime.combine(day, time(), tzinfo=UTC), precision=Precision.DAY) if day else None


def read_clip(form: Mapping[str, str]) -> Clip:
    """A clip from a form or a row. Raises Unusable."""
    told = {name: " ".join(str(form.get(name) or "").split())[:2000] for name in COLUMNS}
    if not told["headline"] or not told["outlet"]:
        raise Unusable("A piece needs at least a headline and an outlet.")
    if told["url"] and web_link(told["url"]) is None:
        raise Unusable(f"{told['url']!r} is no web address.")
    return Clip(
        headline=told["headline"],
        outlet=told["outlet"],
        day=read_day(told["date"]),
        url=told["url"],
        note=told["note"],
    )


def read_day(text: str) -> date | None:
    """A day as 2017-03-28, or month first as in 3.28.2017 or 3/28/2017. Raises Unusable."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        parts = text.replace("/", ".").split(".")
    try:
        month, day, year = (int(part) for part in parts)
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError as error:
        raise Unusable(f"{text!r} is no day; write it as 2017-03-28.") from error


def read_table(content: bytes) -> tuple[list[str], list[dict[str, str]]]:
    """The columns and rows of a CSV file. Raises Unusable for one that is too large or not UTF-8 text."""
    if len(content) > LARGEST_TABLE:
        raise Unusable("This file is larger than 5 MiB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unusable("This file is not UTF-8; save it as “CSV UTF-8”.") from error
    try:
        dialect = csv.Sniffer().sniff(text[:4096], delimiters=",;\t")
    except csv.Error:
        dialect = csv.excel
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), dialect=dialect)
        names = [name for name in reader.fieldnames or [] if name]
        rows = [{name: row[name] or "" for name in names} for row in reader]
    except csv.Error as error:
        raise Unusable(f"This is no CSV file: {error}.") from error
    if not names or not rows:
        raise Unusable("This file has no rows below its column names.")
    if len(rows) > MOST_ROWS:
        raise Unusable(f"This file has {len(rows)} rows; {MOST_ROWS} can be read at once.")
    return names, rows


def guess_columns(names: Sequence[str]) -> dict[str, str]:
    """Which column of a table is which of ours."""
    folded = {name.casefold().strip(): name for name in names}
    return {
        ours: next((folded[alias] for alias in aliases if alias in folded), "")
        for ours, aliases in ALIASES.items()
    }


def read_rows(
    rows: Sequence[Mapping[str, str]], columns: Mapping[str, str]
) -> tuple[list[Clip], list[tuple[int, str]]]:
    """The clips of a table, and (line, trouble) for each row that is none; formula guards are taken off."""
    clips: list[Clip] = []
    troubles: list[tuple[int, str]] = []
    for line, row in enumerate(rows, start=2):
        told = {ours: unguarded(row.get(theirs, "")) for ours, theirs in columns.items() if theirs}
        try:
            clips.append(read_clip(told))
        except Unusable as error:
            troubles.append((line, str(error)))
    return clips, troubles


def unguarded(cell: str) -> str:
    """A cell without the ' that keeps spreadsheets from taking it for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@＝＋－＠") else cell


def with_corrections(article: Article, form: Mapping[str, str], by: str) -> Article:
    """A fetched article as the person wants it kept: fields that they changed are theirs."""
    headline = " ".join(form.get("headline", "").split()) or article.headline
    outlet = " ".join(form.get("outlet", "").split()) or article.outlet
    told = {"headline": headline} if headline != article.headline else {}
    told |= {"outlet": outlet} if outlet != article.outlet else {}
    published = article.published
    day = read_day(form.get("date", "").strip())
    if day and (published is None or published.day != day):
        published = moment_of(day)
        told["published"] = day.isoformat()
    evidence = {name: Evidence(value=value, found_by=f"told by {by}") for name, value in told.items()}
    return replace(
        article,
        headline=headline,
        outlet=outlet,
        published=published,
        evidence={**article.evidence, **evidence},
    )
