"""The desk: entries that wait, were accepted, rejected or put aside, by what the address asks for."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from aggregator import desk, notices
from aggregator.records import Campaign, Status, Tier
from aggregator.review.deeds import toast_of
from aggregator.review.filters import ALL, PAGE_SIZE, Filters, from_query, view_of
from aggregator.review.ordering import put_in_order
from aggregator.review.rendering import last_campaign, page, person_of, render, room_of
from aggregator.review.roles import Role, needs
from aggregator.store import campaigns, decisions, people
from aggregator.store import entries as desks
from aggregator.wording import count

router = APIRouter()

TABS = (Status.WAITING, Status.ACCEPTED, Status.REJECTED, Status.LATER, Status.CONTEXT)


@router.get("/")
@needs(Role.VIEWER)
def go_to_first_desk(request: Request) -> Response:
    """The desk of the campaign that one last looked at, else the first; without any, how one is made."""
    with room_of(request).store.reading() as c:
        nearby = last_campaign(request, campaigns.every(c) or campaigns.every(c, ended=True))
    if nearby:
        return RedirectResponse(f"/c/{nearby.slug}/desk", status_code=303)
    if person_of(request).role >= Role.EDITOR:
        return RedirectResponse("/campaigns/new", status_code=303)
    return page(request, "no_campaign.html")


@router.get("/c/{slug}/desk")
@needs(Role.VIEWER)
def show_desk(request: Request, slug: str) -> Response:
    """The entries that the address asks for."""
    filters = from_query(request.query_params)
    asked = request.query_params.get("page", "1")
    with room_of(request).store.reading() as c:
        campaign = campaigns.get(c, slug)
        total = desks.count(c, slug, view_of(filters))
        pages = max(1, -(-total // PAGE_SIZE))
        number = min(max(1, int(asked)), pages) if asked.isdecimal() and len(asked) < 9 else 1
        outlet_names = list(desks.outlets(c, slug))[:300]
        saved = people.views(c, slug)
        counts = desks.counts(c, slug)
        newest = decisions.history(c, slug, None, limit=1)
        ordered = put_in_order(c, campaign, filters, number)
    room = room_of(request)
    found = notices.noted(room.store, desk.with_kin(room.store, ordered.entries), room.judges)
    return page(
        request,
        "desk.html",
        campaign,
        filters=filters,
        shown_status=filters.status,
        entries=found,
        reasons=ordered.reasons,
        learnt=ordered.learnt,
        total=total,
        page=number,
        pages=pages,
        tabs=tabs_of(campaign, filters, counts),
        tiers=list(Tier),
        outlet_names=outlet_names,
        saved_views=saved,
        summary=summary_of(filters, total),
        last=newest[0].id if newest else 0,
        known=how_many(counts),
        arrived=0,
        toast=toast_of(request, campaign),
    )


def tabs_of(campaign: Campaign, filters: Filters, counts: dict[Status, int]) -> list[dict[str, Any]]:
    """The tabs above the entries, each with how many there are."""
    places = [(str(status), str(status).capitalize(), counts[status]) for status in TABS]
    places.append((ALL, "All", sum(counts.values())))
    return [
        {
            "status": status,
            "word": word,
            "count": number,
            "href": filters.href(campaign.slug, status=status),
            "here": status == filters.status,
        }
        for status, word, number in places
    ]


def how_many(counts: dict[Status, int]) -> int:
    """How many entries came to the desk, wherever they stand now; deciding them changes nothing in this."""
    return sum(number for status, number in counts.items() if status is not Status.CONTEXT)


def summary_of(filters: Filters, total: int) -> str:
    """How many there are, in words."""
    if filters.is_narrow:
        return f"{count(total, 'entry', 'entries')} found"
    words = {"later": "put aside", ALL: "in all"}
    words["waiting"], words["context"] = (
        ("waits for you", "that only speaks of your subject")
        if total == 1
        else ("wait for you", "that only speak of your subject")
    )
    return f"{count(total, 'entry', 'entries')} {words.get(filters.status, filters.status)}"


def tabs_piece(request: Request, campaign: Campaign, filters: Filters) -> str:
    """The tabs and counts as they are now, to be put in place by the script."""
    with room_of(request).store.reading() as c:
        counts = desks.counts(c, campaign.slug)
        total = desks.count(c, campaign.slug, view_of(filters))
    return render(
        "tabs_piece.html",
        tabs=tabs_of(campaign, filters, counts),
        summary=summary_of(filters, total),
        waiting=counts[Status.WAITING],
    )
