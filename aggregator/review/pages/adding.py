"""Adding what the machine did not find: addresses, clips without an address, tables; shown before saving."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from aggregator import adding, desk
from aggregator.adding import Brought
from aggregator.errors import Unusable
from aggregator.records import Campaign
from aggregator.review.deeds import toast_of
from aggregator.review.pages.deciding import campaign_of, signature
from aggregator.review.pasted import (
    COLUMNS,
    KINDS,
    Clip,
    guess_columns,
    make_article,
    read_addresses,
    read_clip,
    read_rows,
    read_table,
    with_corrections,
)
from aggregator.review.rendering import page, person_of, room_of
from aggregator.review.roles import Role, needs
from aggregator.store import drafts
from crawler.records import Article, SourceKind

router = APIRouter()

Text = Annotated[str, Form()]


@dataclass(frozen=True, kw_only=True, slots=True)
class Upload:
    """A table that somebody is about to add."""

    names: Sequence[str]
    rows: Sequence[dict[str, str]]


MOST_FETCHED, MOST_UPLOADED = 500, 10
LONGEST_ADDRESSES = 20_000  # characters of what is filled in


@router.get("/c/{slug}/add")
@needs(Role.EDITOR)
def show_add(request: Request, slug: str, url: str = "", clip: str = "") -> Response:
    """The ways to add; `url` fills in an address, as the bookmarklet does, `clip` one that cannot be read."""
    return add_page(request, campaign_of(request, slug), addresses=url[:2000], clip=clip[:2000])


def add_page(
    request: Request, campaign: Campaign, *, addresses: str, clip: str = "", gone: int = 0
) -> Response:
    """The ways to add, filled in; `gone` counts pieces that were fetched and are not kept any more."""
    return page(
        request,
        "add.html",
        campaign,
        status=409 if gone else 200,
        addresses=addresses,
        clip=clip,
        gone=gone,
        kinds=KINDS,
        bookmarklet=bookmarklet(request, campaign),
        toast=toast_of(request, campaign),
    )


def bookmarklet(request: Request, campaign: Campaign) -> str:
    """A bookmark that sends the page one looks at here; it only opens a page, saving is up to the person."""
    here = f"{request.url.scheme}://{request.url.netloc}/c/{campaign.slug}/add?url="
    return f"javascript:location.href='{here}'+encodeURIComponent(location.href)"


@router.post("/c/{slug}/add/fetch")
@needs(Role.EDITOR)
def fetch(request: Request, slug: str, addresses: Text = "") -> Response:
    """Read the pages behind pasted addresses and show what was found."""
    campaign = campaign_of(request, slug)
    links, strange = read_addresses(addresses)
    if not links:
        raise Unusable("Paste at least one address that begins with http:// or https://.")
    found = room_of(request).jobs.fetch(links)
    read = [each.article for each in found if each.article]
    with room_of(request).store.writing() as c:
        names = drafts.keep(c, read, room_of(request).now(), MOST_FETCHED)
    failed = [each for each in found if not each.article]
    shown = list(zip(names, read, strict=True))
    return page(request, "fetched.html", campaign, drafts=shown, failed=failed, strange=strange)


@router.post("/c/{slug}/add/keep")
@needs(Role.EDITOR)
def keep(request: Request, slug: str, draft: Annotated[Sequence[str], Form()] = ()) -> Response:
    """Save fetched articles as the form has them; those that are not kept any more are fetched anew first."""
    form, by = request.state.form, person_of(request).name
    with room_of(request).store.reading() as c:
        fetched = {name: drafts.get(c, Article, name) for name in draft}
    if gone := [name for name, article in fetched.items() if article is None]:
        addresses = "\n".join(filter(None, (form.get(f"address-{name}", "") for name in draft)))
        told = addresses[:LONGEST_ADDRESSES]
        return add_page(request, campaign_of(request, slug), addresses=told, gone=len(gone))
    brought = [
        with_corrections(article, own_fields(form, name), by) for name, article in fetched.items() if article
    ]
    return save(request, slug, brought, {})


def own_fields(form: Mapping[str, str], name: str) -> dict[str, str]:
    """What the form says of one of the pieces on it."""
    return {key.removesuffix(f"-{name}"): value for key, value in form.items() if key.endswith(f"-{name}")}


@router.post("/c/{slug}/add/clip")
@needs(Role.EDITOR)
def add_clip(request: Request, slug: str) -> Response:
    """Save a piece from print, radio or television, or one that cannot be fetched."""
    clip = read_clip(request.state.form)
    article = make_article(clip, person_of(request).name, room_of(request).now())
    return save(request, slug, [article], {article.key: clip})


@router.post("/c/{slug}/add/table")
@needs(Role.EDITOR)
def show_table(request: Request, slug: str, table: Annotated[UploadFile, File()]) -> Response:
    """Show how a CSV file would be read."""
    names, rows = read_table(table.file.read())
    with room_of(request).store.writing() as c:
        [name] = drafts.keep(c, [Upload(names=names, rows=rows)], room_of(request).now(), MOST_UPLOADED)
    return table_page(request, campaign_of(request, slug), name, guess_columns(names))


@router.post("/c/{slug}/add/rows")
@needs(Role.EDITOR)
def keep_table(request: Request, slug: str, upload: Text) -> Response:
    """Show a table read by other columns, or save its rows."""
    form = request.state.form
    columns = {ours: form.get(f"column-{ours}", "") for ours in COLUMNS}
    if form.get("act") != "keep":
        return table_page(request, campaign_of(request, slug), upload, columns)
    clips, _ = read_rows(uploaded(request, upload).rows, columns)
    by, now = person_of(request).name, room_of(request).now()
    told = {article.key: clip for clip in clips for article in [make_article(clip, by, now)]}
    rows = [make_article(clip, by, now) for clip in told.values()]
    return save(request, slug, rows, told, SourceKind.TABLE)


def uploaded(request: Request, name: str) -> Upload:
    """The table that was uploaded. Raises Unusable where it is gone."""
    with room_of(request).store.reading() as c:
        found = drafts.get(c, Upload, name)
    if found is None:
        raise Unusable("This file was uploaded too long ago; upload it once more.")
    return found


def table_page(request: Request, campaign: Campaign, name: str, columns: dict[str, str]) -> Response:
    """The columns to choose, the first rows as they are read, and what cannot be read."""
    upload = uploaded(request, name)
    clips, troubles = read_rows(upload.rows, columns)
    return page(
        request,
        "table.html",
        campaign,
        upload=name,
        names=upload.names,
        columns=columns,
        clips=clips,
        troubles=troubles,
    )


def save(
    request: Request,
    slug: str,
    brought: Sequence[Article],
    told: dict[str, Clip],
    way: SourceKind = SourceKind.MANUAL,
) -> Response:
    """Keep articles, accept them where the form says so, and write down their notes."""
    room, signed = room_of(request), signature(request)
    if not brought:
        raise Unusable("Nothing was chosen.")
    taken = None
    for start in range(0, len(brought), desk.MOST_AT_ONCE):
        batch = Brought(articles=brought[start : start + desk.MOST_AT_ONCE], way=way)
        if request.state.form.get("accept"):
            taken = adding.add_accepted(room.store, slug, batch, signed, room.judges)
        else:
            adding.add(room.store, slug, batch, signed, room.judges)
    for key, clip in told.items():
        if clip.note:
            desk.correct(room.store, slug, key, {"note": clip.note}, signed)
    to = f"list?done={taken.id}" if taken else f"desk?added={len(brought)}"
    return RedirectResponse(f"/c/{slug}/{to}", status_code=303)
