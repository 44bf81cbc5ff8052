"""Coverage at a glance: the accepted entries as charts and in one sentence."""

from fastapi import APIRouter, Request, Response

from aggregator import desk
from aggregator.records import Status
from aggregator.review import coverage
from aggregator.review.pages.deciding import campaign_of
from aggregator.review.rendering import page, room_of
from aggregator.review.roles import Role, needs
from aggregator.store.entries import View

router = APIRouter()

MOST_ENTRIES = 5_000


@router.get("/c/{slug}/coverage")
@needs(Role.VIEWER)
def show_coverage(request: Request, slug: str) -> Response:
    """Charts of the accepted entries."""
    room = room_of(request)
    campaign = campaign_of(request, slug)
    accepted = desk.entries(room.store, slug, View(status=Status.ACCEPTED, limit=MOST_ENTRIES))
    accepted.sort(key=lambda entry: (entry.day is None, entry.day, entry.outlet))
    days = coverage.per_day(accepted)
    charts = [
        ("By outlet", coverage.per_outlet(accepted)),
        ("By kind of outlet", coverage.per_scope(accepted, room.directory.named)),
        ("By language", coverage.per_language(accepted)),
    ]
    return page(
        request,
        "coverage.html",
        campaign,
        sentence=coverage.sentence(campaign.name, accepted),
        total=len(accepted),
        outlets=len({entry.outlet for entry in accepted}),
        days=days,
        tallest=max((number for _, number in days), default=1),
        charts=charts,
    )
