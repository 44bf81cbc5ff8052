"""What is wrong with the words of a line: its outlet, its headline, its day, against the entry it means."""

from collections.abc import Iterator, Sequence

from aggregator.dayforms import day_text
from aggregator.exports.wording import source
from aggregator.proof.findings import Finding, Kind, Knowledge
from aggregator.proof.likeness import (
    NEAR_NAME,
    differences,
    headline_likeness,
    is_written_so,
    name_likeness,
    plain_name,
)
from aggregator.proof.meaning import Face, names_at, own_names
from aggregator.records import Carrier, Entry, ListItem
from crawler.readers.news_list import ListedLine
from crawler.records import Precision

_FORM = 0.8  # a form of a headline is meant when it is so much alike


def check_outlet(
    line: ListedLine, entry: Entry, item: ListItem, known: Knowledge
) -> tuple[list[Finding], Carrier | None]:
    """What is wrong with the outlet, and the carrier that the line names in place of the list's outlet."""
    said, right = line.outlet, source(item, known.campaign.form)
    if not said or is_written_so(said, right) or is_written_so(said, entry.outlet):
        return [], None
    wire = entry.article.wire_credit or ""
    if wire and plain_name(said) == plain_name(wire) and plain_name(wire) != plain_name(entry.outlet):
        word = f"{wire} wrote it; the list shows the page of {entry.outlet}, who carries it"
        return [_outlet(Kind.CARRIER, said, right, word, entry)], None
    own = max(name_likeness(said, name) for name in own_names(entry, known.directory))
    carrier = _carrier(said, entry, known)
    if carrier and own < 1.0 and _nearness(said, carrier, known) >= max(own, NEAR_NAME):
        word = f"{carrier.outlet} carries it; the list shows {entry.outlet}{_because(entry)}"
        return [_outlet(Kind.CARRIER, said, right, word, entry)], carrier
    return [_outlet(Kind.OUTLET, said, right, _misnamed(said, entry, own, known), entry)], None


def _misnamed(said: str, entry: Entry, own: float, known: Knowledge) -> str:
    if any(plain_name(said) == plain_name(name) for name in own_names(entry, known.directory)):
        return f"{entry.outlet} is what the list calls it; “{said}” is another of its names"
    if own >= NEAR_NAME and not _is_an_outlet(said, known):
        return f"“{said}” is misspelt for {entry.outlet}"
    return f"it is an article of {entry.outlet}, not of {said}"


def _is_an_outlet(name: str, known: Knowledge) -> bool:
    """Whether some other outlet goes by just this name."""
    return any(name.casefold() == outlet.name.casefold() for outlet in known.directory)


def _carrier(said: str, entry: Entry, known: Knowledge) -> Carrier | None:
    """The carrier with the name nearest to this."""
    return max(entry.carriers, key=lambda each: _nearness(said, each, known), default=None)


def _nearness(said: str, carrier: Carrier, known: Knowledge) -> float:
    names = (carrier.outlet, *names_at(carrier.url, known.directory))
    return max(name_likeness(said, name) for name in names)


def _because(entry: Entry) -> str:
    wire = entry.article.wire_credit
    if wire and plain_name(wire) == plain_name(entry.outlet):
        return ", who wrote it"
    return f", as {entry.story.shown_because}" if entry.story.shown_because else ""


def _outlet(kind: Kind, said: str, right: str, word: str, entry: Entry) -> Finding:
    return Finding(kind=kind, word=word, said=said, right=right, evidence=_found_by(entry, "outlet"))


def check_headline(
    line: ListedLine, entry: Entry, member: Carrier | None, faces: Sequence[Face]
) -> Iterator[Finding]:
    """What is wrong with the headline: a typing error, or a form that the page does not show."""
    said, right = line.headline, entry.headline
    if is_written_so(said, right) or (member and is_written_so(said, member.headline)):
        return
    evidence = _found_by(entry, "headline")
    # The first form is the list's own: it is meant where another is not nearer.
    nearest = max(faces, key=lambda face: round(headline_likeness(said, face.text), 3))
    likeness = headline_likeness(said, nearest.text)
    if nearest.where == "on the list":
        word = f"typing error: {differences(said, right)}" if likeness >= _FORM else "the page says otherwise"
        if nearest.text.casefold() == said.casefold():
            word = f"capitals: {differences(said, right)}"
    elif likeness >= _FORM:
        word = f"the list does not show this form, which stands {nearest.where}"
        if not is_written_so(said, nearest.text) and nearest.where != "in its address":
            word += f" ({differences(said, nearest.text)})"
    else:
        word = "the page does not show this headline"
    yield Finding(kind=Kind.HEADLINE, word=word, said=said, right=right, evidence=evidence)


def check_day(line: ListedLine, entry: Entry, form: str) -> Iterator[Finding]:
    """A day that is not the outlet's own."""
    if line.day is None or entry.day is None or line.day == entry.day:
        return
    word = f"it was published on {day_text(entry.day, form)}, the outlet's own day"
    evidence = _found_by(entry, "published" if "date" not in entry.corrected else "date")
    moment = entry.article.published
    if moment and moment.precision is not Precision.DAY and "date" not in entry.corrected:
        evidence = f"{moment.local:%Y-%m-%d %H:%M} there, {moment.instant:%Y-%m-%d %H:%M} UTC; {evidence}"
        if moment.instant.date() == line.day:
            word += f"; {day_text(line.day, form)} was the day in UTC"
    said, right = day_text(line.day, form), day_text(entry.day, form)
    yield Finding(kind=Kind.DAY, word=word, said=said, right=right, evidence=evidence)


def _found_by(entry: Entry, name: str) -> str:
    """How the page's own value is known: by a person's correction, else as the article's evidence says."""
    if name in entry.corrected:
        return "corrected by a person at the desk"
    evidence = entry.article.evidence.get(name)
    return f"{evidence.found_by}: {evidence.value}" if evidence else ""
