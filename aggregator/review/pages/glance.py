"""Coverage at a glance: the accepted entries as charts and in one sentence, and how complete they may be."""

from fastapi import APIRouter, Request, Response

from aggregator import desk, paths
from aggregator.records import Status
from aggregator.review import coverage
from aggregator.review.pages.deciding import campaign_of
from aggregator.review.rendering import page, room_of
from aggregator.review.roles import Role, needs
from aggregator.store import sightings
from aggregator.store.entries import View

router = APIRouter()

MOST_ENTRIES = 5_000


@router.get("/c/{slug}/coverage")
@needs(Role.VIEWER)
def show_coverage(request: Request, slug: str) -> Response:
    """Charts of the accepted entries; by which paths all entries were found, and how many there may be."""
    room = room_of(request)
    campaign = campaign_of(request, slug)
    accepted = desk.entries(room.store, slug, View(status=Status.ACCEPTED, limit=MOST_ENTRIES))
    accepted.sort(key=lambda entry: (entry.day is None, entry.day, entry.outlet))
    with room.store.reading() as c:
        found = sightings.found(c, slug)
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
        pick_ups=coverage.pick_ups(accepted),
        outlets=len({entry.outlet for entry in accepted}),
        days=days,
        beside=coverage.beside(accepted, days),
        tallest=max((number for _, number in days), default=1),
        charts=charts,
        found=found,
        estimate_words=paths.sentence(found.estimate),
        assumptions=paths.ASSUMPTIONS,
    )
