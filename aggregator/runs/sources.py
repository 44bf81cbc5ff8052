"""Changes to where we look, and how each source does, in words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from aggregator.errors import UnknownSubject, Unusable
from aggregator.health import health_of
from aggregator.runs.answers import Finding
from aggregator.runs.house import House
from aggregator.store import following, habits, holds, sources
from crawler.clock import read_clock
from crawler.discovery import Discovery
from crawler.discovery import discover as find_places
from crawler.habits import LIKELY, explain_shape
from crawler.moves import address_of
from crawler.opml import read_opml, write_opml
from crawler.outlets import source_id
from crawler.readers import READ
from crawler.records import PollState, Source, SourceKind
from crawler.sweep import SweepOrder
from crawler.urls import NO_ADDRESS, is_web, registrable_domain


def add_source(  # noqa: PLR0913  (what a person says of a source)
    house: House, url: str, kind: SourceKind, outlet: str | None, *, by: str, now: datetime
) -> Source:
    """Look at an address from now on. Raises UnknownSubject for an outlet that is in no file, Unusable."""
    if kind not in READ:
        raise Unusable(f"{kind} is nothing to look at; choose one of {', '.join(READ)}")
    if outlet is not None and house.directory.named(outlet) is None:
        raise UnknownSubject(
            f"no outlet {outlet!r} is in {house.settings.folder / 'outlets'}; see docs/outlets.md"
        )
    _check_address(url)
    found = house.directory.find(url)
    owner = outlet or (found.slug if found else None)
    source = Source(id=source_id(kind, url), kind=kind, url=url, outlet=owner)
    with house.store.writing() as c:
        sources.add(c, source, by, now)
    return source


def _check_address(url: str) -> None:
    if not is_web(url):
        raise Unusable(f"{url!r} {NO_ADDRESS}")


def discover(house: House, address: str) -> Discovery:
    """What an outlet offers to read, each place measured; only pauses are kept. Raises Unusable."""
    home = address if "://" in address else f"https://{address}/"
    _check_address(home)
    with house.store.reading() as c:
        held = holds.held(c, read_clock())
    order = SweepOrder(
        sources=(), outlets=house.directory, manners=house.manners, clock=read_clock, held=held
    )
    found = find_places(home, order)
    with house.store.writing() as c:
        for each in found.held:
            holds.hold(c, each.domain, each.until)
    return found


def import_sources(
    house: House, body: bytes, *, by: str, now: datetime
) -> tuple[Sequence[Source], Sequence[str]]:
    """Look at the feeds of an OPML file from now on; those feeds, and what in it is none.

    Raises UnreadableList (a CrawlerError).
    """
    found, problems = read_opml(body, house.directory)
    with house.store.writing() as c:
        for source in found:
            sources.add(c, source, by, now)
    return found, problems


def export_sources(house: House) -> bytes:
    """All feeds that we look at, as OPML."""
    with house.store.reading() as c:
        known = [
            replace(source, url=address_of(source.url, state.move)) for source, state in sources.every(c)
        ]
    return write_opml(known, house.directory, f"{house.settings.organisation}: sources")


def remove_source(house: House, url: str) -> Source:
    """Take back a source that was added by hand. Raises UnknownSubject."""
    source = _named(house, url)
    with house.store.writing() as c:
        sources.remove(c, source)
    return source


def pause_source(house: House, url: str, *, by: str | None, now: datetime) -> Source:
    """Stop looking at a source, or (with no `by`) go on. Raises UnknownSubject."""
    source = _named(house, url)
    with house.store.writing() as c:
        sources.pause(c, source.id, by, now if by else None)
    return source


def decline_move(house: House, url: str, *, by: str, now: datetime) -> str:
    """Ask a source at its own address again, and not where it moved; answers that. Raises UnknownSubject."""
    source = _named(house, url)
    with house.store.writing(durable=True) as c:
        return following.decline_move(c, source.id, by, now)


def allow_move(house: House, url: str) -> Source:
    """Let a source move after all, once the outlet tells it often enough. Raises UnknownSubject."""
    source = _named(house, url)
    with house.store.writing(durable=True) as c:
        following.allow_move(c, source.id)
    return source


def health(house: House, now: datetime) -> list[Finding]:
    """How each source does, those that are not well first."""
    with house.store.reading() as c:
        paused = sources.paused(c)
        found = [_finding(source, poll, paused.get(source.id), now) for source, poll in sources.every(c)]
    return sorted(found, key=lambda finding: finding.well)


def learnt_links(house: House, address: str) -> list[Finding]:
    """What the links of this address's site turned out to be, those seen most often first."""
    with house.store.reading() as c:
        known = habits.of_site(c, registrable_domain(address if "://" in address else f"http://{address}/"))
    tallies = sorted(known.shapes.items(), key=lambda pair: -pair[1].seen)
    return [
        Finding(subject=shape, well=tally.share >= LIKELY, word=explain_shape(shape, tally))
        for shape, tally in tallies
    ]


def _finding(source: Source, poll: PollState, paused_by: str | None, now: datetime) -> Finding:
    told = health_of(source, poll, paused_by, now)
    return Finding(subject=source.url, well=told.kind not in ("bad", "quiet"), word=told.words)


def _named(house: House, url: str) -> Source:
    with house.store.reading() as c:
        for source, state in sources.every(c):
            if url in (source.url, source.id, state.move.address):
                return source
    raise UnknownSubject(f"no source has the address {url!r}; `inthenews sources health` names them")
