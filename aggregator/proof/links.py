"""What is wrong with the link of a line: whether it leads to what the line means, and in which form."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from aggregator.proof.findings import Finding, Kind, Knowledge
from aggregator.proof.likeness import name_likeness
from aggregator.records import Carrier, Entry
from aggregator.wording import shown_link
from crawler import urls
from crawler.readers.news_list import ListedLine
from crawler.records import Article


def check_link(
    line: ListedLine, entry: Entry, linked: Entry | Article | None, known: Knowledge
) -> Iterator[Finding]:
    """A link that leads elsewhere, to another carrier, or by an AMP or tracking form of the address."""
    if not line.url or _bare(line.url) == _bare(shown_link(entry)):
        return
    member = _member(line, entry, known)
    if linked is not entry:
        word = _elsewhere(linked)
    elif member and not _is_named(line, member, entry):
        word = f"the link leads to {member.outlet}, who carries it, not to {entry.outlet}"
    elif member is None and (form := _form(line.url, entry)):
        word = form
    else:
        return
    yield Finding(kind=Kind.LINK, word=word, said=line.url, right=shown_link(entry))


def _member(line: ListedLine, entry: Entry, known: Knowledge) -> Carrier | None:
    """The carrier to which the link leads; None where it leads to what the list shows, or elsewhere."""
    key = known.addresses.get(line.url)
    return next((each for each in entry.carriers if each.key == key), None)


def _is_named(line: ListedLine, member: Carrier, entry: Entry) -> bool:
    """Whether the line names the carrier to which it links: then it is the outlet that is told of."""
    return name_likeness(line.outlet, member.outlet) > name_likeness(line.outlet, entry.outlet)


def _elsewhere(linked: Entry | Article | None) -> str:
    if linked is None:
        return "the link leads to an address that is not known as this article's"
    return f"the link leads elsewhere, to “{linked.headline}” of {linked.outlet}"


def _form(url: str, entry: Entry) -> str:
    """In which odd form of its address the link leads to the article; empty where it is a plain one."""
    article = entry.article
    plain = {_bare(each) for each in (shown_link(entry), article.url, article.canonical_url, *article.urls)}
    if urls.key(url) not in {
        urls.key(each) for each in (shown_link(entry), article.url, article.canonical_url)
    }:
        return ""  # a redirect or a former address: it leads there
    if _bare(urls.clean(url)) != _bare(url):
        return "the link carries what follows readers about (trackers, or a redirect)"
    own = {_bare(each) for each in (shown_link(entry), article.canonical_url)}
    if _bare(url) not in own and (_bare(url) not in plain or "amp" in url.casefold()):
        return "the link leads to a special form of the page (AMP, mobile or print)"
    return ""


def _bare(url: str) -> str:
    """An address without what makes no difference to a reader: scheme, www, case of the host, last slash."""
    parts = urlsplit(url.partition("#")[0])
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}{query}"
