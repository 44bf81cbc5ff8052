"""Where we look: each source and how it is, finding and adding new ones, pausing, OPML; what the jobs did."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from aggregator import naming
from aggregator.errors import Unusable
from aggregator.exports.inert import web_link
from aggregator.health import Health, health_of
from aggregator.review.rendering import page, person_of, room_of
from aggregator.review.roles import Role, needs
from aggregator.store import following, outlet_names, people, runs
from aggregator.store import sources as store
from crawler.moves import address_of
from crawler.opml import MOST_BYTES, UnreadableList, read_opml, write_opml
from crawler.outlets import source_id
from crawler.readers import READ
from crawler.records import PollState, Source, SourceKind
from crawler.searches import SERVICES, make_search_url

router = APIRouter()

Text = Annotated[str, Form()]
SORTED = {"bad": 0, "quiet": 1, "waiting": 2, "good": 3, "off": 4}


@router.get("/sources")
@needs(Role.VIEWER)
def show_sources(request: Request, q: str = "", kind: str = "") -> Response:
    """All sources, those with trouble first."""
    now = room_of(request).now()
    with room_of(request).store.reading() as c:
        paused = store.paused(c)
        names = outlet_names.every(c)
        found = [
            (source, state, health_of(source, state, paused.get(source.id), now))
            for source, state in store.every(c)
        ]
    called: dict[str | None, str] = {outlet.slug: outlet.name for outlet in room_of(request).directory}
    shown = [row for row in found if matches(row, q, kind, called)]
    shown.sort(key=lambda row: (SORTED[row[2].kind], row[0].url))
    tallies = {word: sum(row[2].kind == word for row in found) for word in SORTED}
    return page(
        request,
        "sources.html",
        rows=shown[:500],
        total=len(shown),
        tallies=tallies,
        q=q,
        kind=kind,
        paused=paused,
        names=names,
        called=called,
    )


def matches(
    row: tuple[Source, PollState, Health], q: str, kind: str, called: Mapping[str | None, str]
) -> bool:
    """Whether a source is one that the search asks for, by its address or its outlet as it is `called`."""
    source, _, health = row
    told = f"{source.url} {source.outlet or ''} {called.get(source.outlet, '')}".casefold()
    return q.casefold() in told and (not kind or health.kind == kind)


@router.get("/sources/discover")
@needs(Role.EDITOR)
def discover(request: Request, address: str = "") -> Response:
    """What a site offers, to choose from."""
    link = web_link(address if "://" in address else f"https://{address}")
    if link is None:
        raise Unusable(f"{address!r} is no web address; write it as in https://example.org")
    found = room_of(request).jobs.discover(link)
    return page(request, "discovered.html", address=link, found=found.sources, troubles=found.troubles)


@router.post("/sources/add")
@needs(Role.EDITOR)
def add(request: Request, sources: Annotated[Sequence[str], Form()] = ()) -> Response:
    """Add sources; each is "kind url"."""
    chosen = [read_source(each) for each in sources]
    if not chosen:
        raise Unusable("Choose at least one source.")
    return keep(request, chosen)


def read_source(text: str) -> Source:
    """A source that a form names. Raises Unusable."""
    kind, _, url = text.partition(" ")
    if kind not in READ or web_link(url) is None:
        raise Unusable(f"{text!r} is no source")
    return Source(id=source_id(SourceKind(kind), url), kind=SourceKind(kind), url=url)


def keep(request: Request, chosen: Sequence[Source]) -> Response:
    """Keep sources that a person added."""
    room, by = room_of(request), person_of(request).name
    with room.store.writing(durable=True) as c:
        for source in chosen:
            store.add(c, source, by, room.now())
            people.note(c, by, f"added the source {source.url}", room.now())
    return RedirectResponse("/sources", status_code=303)


@router.post("/sources/add-one")
@needs(Role.EDITOR)
def add_one(request: Request, kind: Text, url: Text) -> Response:
    """Add a search by its words, or an address that a person knows, read as they say."""
    what = " ".join(url.split())
    if kind in SERVICES:
        kind, what = SourceKind.SEARCH, make_search_url(kind, what)
    return keep(request, [read_source(f"{kind} {what}")])


@router.post("/sources/pause")
@needs(Role.EDITOR)
def pause(request: Request, source: Text, on: Text = "") -> Response:
    """Stop looking at a source, or go on."""
    room, by = room_of(request), person_of(request).name
    with room.store.writing(durable=True) as c:
        store.pause(c, source, by if on else None, room.now() if on else None)
        people.note(c, by, f"{'paused' if on else 'resumed'} the source {source}", room.now())
    return RedirectResponse("/sources", status_code=303)


@router.post("/sources/move")
@needs(Role.EDITOR)
def move(request: Request, source: Text, stay: Text = "") -> Response:
    """Ask a source that moved at its own address again, or let it move after all."""
    room, by = room_of(request), person_of(request).name
    with room.store.writing(durable=True) as c:
        if stay:
            address = following.decline_move(c, source, by, room.now())
            people.note(c, by, f"declined the move of the source {source} to {address}", room.now())
        else:
            following.allow_move(c, source)
            people.note(c, by, f"allowed the source {source} to move", room.now())
    return RedirectResponse("/sources", status_code=303)


@router.post("/sources/names/forget")
@needs(Role.EDITOR)
def forget_name(request: Request, outlet: Text) -> Response:
    """An outlet is called again what the web calls it."""
    room, by = room_of(request), person_of(request).name
    naming.call_as_before(room.store, outlet)
    with room.store.writing() as c:
        people.note(c, by, f"forgot the name for {outlet}", room.now())
    return RedirectResponse("/sources", status_code=303)


@router.post("/sources/import")
@needs(Role.EDITOR)
def take_opml(request: Request, opml: Annotated[UploadFile, File()]) -> Response:
    """Add all feeds of an OPML file."""
    try:
        feeds, _ = read_opml(opml.file.read(MOST_BYTES + 1), room_of(request).directory)
    except UnreadableList as error:
        raise Unusable(str(error)) from error
    if not feeds:
        raise Unusable("This file names no feed; an OPML file has <outline xmlUrl=…> in it.")
    return keep(request, list(feeds))


@router.get("/sources.opml")
@needs(Role.VIEWER)
def give_opml(request: Request) -> Response:
    """All feeds as OPML 2.0."""
    with room_of(request).store.reading() as c:
        feeds = [
            replace(source, url=address_of(source.url, state.move))
            for source, state in store.every(c)
            if source.kind is SourceKind.FEED
        ]
    headers = {"Content-Disposition": 'attachment; filename="in-the-news.opml"'}
    body = write_opml(feeds, room_of(request).directory, "In the News")
    return Response(body, media_type="text/x-opml; charset=utf-8", headers=headers)


@router.get("/runs")
@needs(Role.VIEWER)
def show_runs(request: Request) -> Response:
    """What the jobs did: how long, what they found, what failed."""
    with room_of(request).store.reading() as c:
        found = runs.newest(c, limit=100)
    return page(request, "runs.html", found=found)
