"""How a campaign's stories were found, by which paths, and how many there may be."""

from aggregator.paths import Found
from aggregator.runs.house import House
from aggregator.store import campaigns, sightings


def coverage(house: House, campaign: str) -> Found:
    """What each path and source brought, and the estimate of how much there is. Raises UnknownSubject."""
    with house.store.reading() as c:
        return sightings.found(c, campaigns.get(c, campaign).slug)
