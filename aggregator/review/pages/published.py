"""The list exactly as it will be published: its order, a preview of each export, downloads."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from aggregator import desk, notices
from aggregator.errors import Unusable
from aggregator.exports import formats, render
from aggregator.exports.wording import heading, shown_day, source
from aggregator.records import Listing
from aggregator.review.deeds import toast_of
from aggregator.review.guard import PREVIEW_POLICY
from aggregator.review.pages.deciding import campaign_of, signature
from aggregator.review.rendering import page, room_of
from aggregator.review.roles import Role, needs

router = APIRouter()
# What the button beside a preview does, where it does not copy the text that one sees.
COPIES = {"html": "Copy for a mail or a document", "fragment": "Copy the HTML", "xlsx": ""}


@router.get("/c/{slug}/list")
@needs(Role.VIEWER)
def show_list(request: Request, slug: str, preview: str = "html") -> Response:
    """The list, with the means to reorder it and to look at each export."""
    campaign = campaign_of(request, slug)
    listing = desk.listing(room_of(request).store, slug)
    chosen = formats().get(preview) or formats()["html"]
    return page(
        request,
        "list.html",
        campaign,
        listing=listing,
        rows=rows_of(listing),
        lost=notices.of_lost_pages(room_of(request).store, (item.url for item in listing.items)),
        formats=sorted(formats().values(), key=lambda each: each.title.casefold()),
        chosen=chosen,
        preview=preview_text(listing, chosen.name),
        copies=COPIES.get(chosen.name, "Copy"),
        toast=toast_of(request, campaign),
    )


@router.get("/c/{slug}/export/{name}")
@needs(Role.VIEWER)
def download(request: Request, slug: str, name: str) -> Response:
    """One export as a file. Raises UnknownSubject."""
    return as_file(desk.listing(room_of(request).store, slug), name, slug)


def as_file(listing: Listing, name: str, called: str) -> Response:
    """A list in one of the formats, to be kept as a file whose name begins so. Raises UnknownSubject."""
    body, wanted = render(listing, name), formats()[name]
    headers = {"Content-Disposition": f'attachment; filename="{called}-{wanted.file_name}"'}
    return Response(body, media_type=wanted.media_type, headers=headers)


@router.get("/c/{slug}/preview/{name}")
@needs(Role.VIEWER)
def preview(request: Request, slug: str, name: str) -> Response:
    """An HTML export as its readers will see it, without any rights."""
    if name not in ("html", "fragment"):
        raise Unusable(f"{name} is not shown as a page")
    body = render(desk.listing(room_of(request).store, slug), name)
    headers = {"Content-Security-Policy": PREVIEW_POLICY}
    return Response(body, media_type="text/html; charset=utf-8", headers=headers)


@router.post("/c/{slug}/order")
@needs(Role.EDITOR)
def reorder(request: Request, slug: str) -> Response:
    """Move one entry within its day, or put a whole day in an order."""
    form = request.state.form
    listing = desk.listing(room_of(request).store, slug)
    keys = request.state.subjects or moved(listing, form.get("move", ""), form.get("to", ""))
    taken = desk.reorder(room_of(request).store, slug, keys, signature(request))
    return RedirectResponse(f"/c/{slug}/list?done={taken.id}{place_of(listing, keys, form)}", status_code=303)


def place_of(listing: Listing, keys: Sequence[str], form: Mapping[str, str]) -> str:
    """Where on the list the entry that was moved stands now, and which way it went, for the address."""
    if form.get("move") not in keys:
        return ""
    above = next(place for place, item in enumerate(listing.items) if item.key in keys)
    return f"&at={above + keys.index(form['move'])}&to={form['to']}"


def rows_of(listing: Listing) -> list[dict[str, Any]]:
    """The lines with what may be done to each: which are first and last of their day."""
    items = listing.items
    rows = []
    for place, item in enumerate(items):
        before = items[place - 1] if place else None
        after = items[place + 1] if place + 1 < len(items) else None
        rows.append(
            {
                "item": item,
                "source": source(item, listing.form),
                "shown_day": shown_day(item, listing.form),
                "day": item.day.isoformat() if item.day else "",
                "first": (first := before is None or before.day != item.day),
                "heading": heading(item.day, listing.form) if first and listing.form.group_by_day else "",
                "last": after is None or after.day != item.day,
            }
        )
    return rows


def moved(listing: Listing, key: str, to: str) -> list[str]:
    """The keys of an entry's day, with the entry one place up or down. Raises Unusable."""
    item = next((item for item in listing.items if item.key == key), None)
    if item is None or to not in ("up", "down"):
        raise Unusable("this entry is no longer on the list; look again")
    day = [each.key for each in listing.items if each.day == item.day]
    at = day.index(key)
    other = at + (-1 if to == "up" else 1)
    if not 0 <= other < len(day):
        raise Unusable("it stands at the end of its day already; another day is set by editing the date")
    day[at], day[other] = day[other], day[at]
    return day


def preview_text(listing: Listing, name: str) -> str | None:
    """An export as text to look at; None for HTML, which is shown as a page, and for XLSX."""
    if name in ("html", "fragment", "xlsx"):
        return None
    return render(listing, name).decode()
