"""What is proposed about where we look, and what follows when a person agrees or refuses."""

from collections.abc import Sequence
from datetime import datetime

from aggregator.desk import Signature
from aggregator.errors import UnknownSubject
from aggregator.proposals import Answer, Proposals, ToWatch
from aggregator.runs.house import House
from aggregator.runs.sources import discover
from aggregator.store import proposals as store
from aggregator.store import sources
from crawler.discovery import Discovery
from crawler.outlets import source_id
from crawler.records import Source


def proposals(house: House, now: datetime) -> Proposals:
    """The outlets to be watched, the sources that may go, and what people refused."""
    with house.store.reading() as c:
        return store.every(c, house.directory, now)


def watch(house: House, what: str, signed: Signature, most: int = 1) -> tuple[Sequence[Source], Discovery]:
    """Look around at an outlet, and look at its best places from now on; answers those, and all it offers.

    `what` is a proposed outlet's name, or an address. Raises UnknownSubject.
    """
    proposed = next((each for each in proposals(house, signed.at).watch if _names(each, what)), None)
    found = discover(house, proposed.place.home if proposed else what)
    chosen = [
        Source(
            id=source_id(place.kind, place.url),
            kind=place.kind,
            url=place.url,
            outlet=outlet.slug if (outlet := house.directory.find(place.url)) else None,
        )
        for place in found.places[:most]
    ]
    with house.store.writing(durable=True) as c:
        for source in chosen:
            sources.add(c, source, signed.by, signed.at)
    return chosen, found


def refuse(house: House, what: str, signed: Signature) -> str:
    """Do not propose this any more; answers what it was. Raises UnknownSubject for what is not proposed."""
    made = proposals(house, signed.at)
    subjects = [each.subject for each in made.watch if _names(each, what)]
    subjects += [each.subject for each in made.quiet if what in (each.source.url, each.source.id)]
    if not subjects:
        raise UnknownSubject(f"{what!r} is not proposed; `inthenews sources proposals` tells what is")
    return _answer(house, subjects[0], signed, refused=True)


def reconsider(house: House, what: str, signed: Signature) -> str:
    """Let something that was refused be proposed again. Raises UnknownSubject for what nobody refused."""
    gone = proposals(house, signed.at).refused
    subjects = [each.subject for each in gone if what in (each.title, each.subject)]
    if not subjects:
        raise UnknownSubject(f"nobody refused {what!r}; `inthenews sources proposals` tells what was refused")
    return _answer(house, subjects[0], signed, refused=False)


def _answer(house: House, subject: str, signed: Signature, *, refused: bool) -> str:
    given = Answer(subject=subject, refused=refused, by=signed.by, at=signed.at, note=signed.note)
    with house.store.writing(durable=True) as c:
        store.answer(c, given)
    return subject


def _names(proposed: ToWatch, what: str) -> bool:
    return what.casefold() in (proposed.place.site, proposed.place.name.casefold(), proposed.place.home)
