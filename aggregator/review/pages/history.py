"""Every decision that was ever taken, with the way to take it back; news of what others just did."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from aggregator import desk
from aggregator.records import Decision
from aggregator.review.deeds import describe, toast_of
from aggregator.review.pages.deciding import campaign_of
from aggregator.review.pages.queue import how_many
from aggregator.review.rendering import Toast, page, person_of, render, room_of
from aggregator.review.roles import Role, needs
from aggregator.store import decisions, people

router = APIRouter()

PAGE = 50  # as many as `desk.history` answers at once


@router.get("/c/{slug}/history")
@needs(Role.VIEWER)
def show_history(request: Request, slug: str, before: int | None = None) -> Response:
    """The newest decisions, or those before a number."""
    campaign = campaign_of(request, slug)
    store = room_of(request).store
    found = desk.history(store, slug, before)
    with store.reading() as c:
        gone = decisions.undone_ids(c)
        audit = people.noted(c, slug) if before is None else ()
    return page(
        request,
        "history.html",
        campaign,
        found=found,
        audit=audit,
        words=describe(request, found),
        gone=gone,
        older=found[-1].id if len(found) == PAGE else None,
        toast=toast_of(request, campaign),
    )


@router.get("/c/{slug}/news")
@needs(Role.VIEWER)
def show_news(request: Request, slug: str, since: int = 0, known: int | None = None) -> Response:
    """What others decided since a number, and how many came in beside the known; the script asks."""
    campaign = campaign_of(request, slug)
    newest = desk.history(room_of(request).store, slug)
    fresh = [each for each in newest if each.id > since and each.by != person_of(request).name]
    last = newest[0].id if newest else 0
    now = how_many(desk.counts(room_of(request).store, slug))
    known = now if known is None else known
    arrived = max(0, now - known)
    body = render("news.html", campaign=campaign, last=max(last, since), known=known, arrived=arrived)
    if not fresh:
        return HTMLResponse(body)
    toast = Toast(text=told_by(request, fresh))
    headers = {"HX-Trigger": "desk-changed"}
    return HTMLResponse(body + render("toasts.html", toast=toast), headers=headers)


def told_by(request: Request, fresh: list[Decision]) -> str:
    """What others did, in one line."""
    words = describe(request, fresh[:1])[fresh[0].id]
    told = f"{fresh[0].by}: {words[0].lower()}{words[1:]}"
    return told if len(fresh) == 1 else f"{told}, and {len(fresh) - 1} more"
