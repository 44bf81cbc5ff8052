"""Holds the lines of a page against what they mean: what is wrong with each, which entries are missing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from aggregator.listing import is_on
from aggregator.proof.correcting import correct, item_of
from aggregator.proof.findings import Checked, Finding, Kind, Knowledge, Proof
from aggregator.proof.links import check_link
from aggregator.proof.meaning import Meant, Reader
from aggregator.proof.words import check_day, check_headline, check_outlet
from aggregator.records import Entry, Status
from aggregator.wording import shown_link
from crawler.readers.news_list import ListedLine
from crawler.records import Article
from crawler.text import fold
from crawler.urls import key

_SAME_LINE = 0.85  # headlines of a second line that means the same story
_STANDS = {
    Status.WAITING: (Kind.WAITING, "it is known and waits for a person's decision"),
    Status.LATER: (Kind.LATER, "it is known and was put aside for later"),
    Status.REJECTED: (Kind.REJECTED, "it is known and was rejected"),
    Status.CONTEXT: (Kind.CONTEXT, "it is known as context only: nothing in it is about us"),
}


def proofread(lines: Sequence[ListedLine], known: Knowledge) -> Proof:
    """The page, line by line, against what is known."""
    reader = Reader(known)
    checked: list[Checked] = []
    first: dict[object, Checked] = {}
    for read in lines:
        meant = reader.read(read)
        if not read.sure and not (meant.entry or meant.stranger):
            continue  # a link in the page's furniture
        line = replace(read, number=len(checked) + 1)
        if meant.entry and meant.entry.story.id in first and not _is_the_same(meant):
            meant = Meant(nearest=meant.entry.headline)
        same = _identity(line, meant)
        checked.append(_check(line, meant, first.get(same), reader, known))
        first.setdefault(same, checked[-1])
    there = {each.entry.story.id for each in checked if each.entry}
    lacking = {entry.article.key for entry in known.entries if entry.story.id not in there}
    missing = tuple(item for item in known.listing.items if item.key in lacking)
    corrected = correct(checked, missing, known)
    return Proof(campaign=known.campaign, lines=tuple(checked), missing=missing, corrected=corrected)


def _is_the_same(meant: Meant) -> bool:
    return meant.found_by == "link" or meant.likeness >= _SAME_LINE


def _identity(line: ListedLine, meant: Meant) -> object:
    """What two lines that mean the same have in common."""
    if meant.entry:
        return meant.entry.story.id
    return key(line.url) if line.url else (fold(line.headline), fold(line.outlet))


def _check(
    line: ListedLine, meant: Meant, before: Checked | None, reader: Reader, known: Knowledge
) -> Checked:
    found = list(_own_page(line, meant, known))
    if before:
        found.append(_twice(line, before, meant.entry))
    elif not found and meant.entry:
        found = list(_check_entry(line, meant.entry, reader, known))
    elif not found and meant.stranger:
        found = [_stranger(line, meant.stranger, known)]
    elif not found:
        found = [_unknown(line, meant)]
    return Checked(line=line, entry=meant.entry, found_by=meant.found_by, findings=tuple(found))


def _check_entry(line: ListedLine, entry: Entry, reader: Reader, known: Knowledge) -> Iterator[Finding]:
    """All that is wrong with a line that means an entry of this desk."""
    item = item_of(entry, known)
    outlet, member = check_outlet(line, entry, item, known)
    yield from outlet
    yield from check_headline(line, entry, member, reader.faces(entry))
    if member is None:
        yield from check_day(line, entry, known.campaign.form.date)
    yield from check_link(line, entry, reader.linked(line), known)
    if lost := known.lost.get(entry.article.url):
        yield Finding(kind=Kind.LOST, word=lost, said=line.url, repair="")
    if entry.status in _STANDS:
        kind, word = _STANDS[entry.status]
        command = f"inthenews desk accept {entry.campaign} {entry.article.url}"
        yield Finding(kind=kind, word=word, evidence=known.decided.get(entry.story.id, ""), repair=command)


def _own_page(line: ListedLine, meant: Meant, known: Knowledge) -> Iterator[Finding]:
    """A line that leads to, or is known as, a page of the organisation or of its partners."""
    told = line.url or (meant.stranger.url if meant.stranger else "")
    for domains, word in (
        (known.campaign.own_domains, "it is a page of your own, which is no coverage"),
        (known.campaign.partner_domains, "it is a page of your partners, which is no coverage"),
    ):
        if told and is_on(told, domains):
            yield Finding(kind=Kind.OWN, word=word, said=told, evidence="the campaign's domains")


def _stranger(line: ListedLine, article: Article, known: Knowledge) -> Finding:
    """A line whose article is known, but stands at no desk of this campaign."""
    return Finding(
        kind=Kind.NO_MENTION,
        word=f"it is known, and nothing in it mentions {known.campaign.name}",
        said=line.headline,
        evidence=f"{article.headline} — {article.outlet}",
        repair=f"inthenews why {article.url}",
    )


def _unknown(line: ListedLine, meant: Meant) -> Finding:
    near = f"nearest: {meant.nearest}" if meant.nearest else ""
    if line.url:
        word, repair = "it is not known here", f"inthenews add {line.url}"
    else:
        word, repair = "it is not known here, and the line has no link to look at", ""
    return Finding(kind=Kind.UNKNOWN, word=word, said=line.url, evidence=near, repair=repair)


def _twice(line: ListedLine, before: Checked, entry: Entry | None) -> Finding:
    first = before.line
    word = f"it is the same story as line {first.number}"
    if first.outlet and fold(first.outlet) != fold(line.outlet):
        word += f", there of {first.outlet}"
    return Finding(
        kind=Kind.TWICE,
        word=word,
        said=str(line.number),
        right=str(first.number),
        evidence=shown_link(entry) if entry else "",
    )
