"""The job that writes: every export of every campaign, whole files, unchanged bytes left alone."""

from datetime import datetime
from pathlib import Path

from aggregator import desk, exports
from aggregator.delivery import folder
from aggregator.errors import Unusable
from aggregator.records import Listing, RunReport
from aggregator.runs.house import House
from aggregator.store import deliveries


def listing(house: House, campaign: str) -> Listing:
    """The list of a campaign as it is to be published. Raises UnknownSubject."""
    return desk.listing(house.store, campaign)


def publish(house: House, now: datetime) -> RunReport:
    """Write every export of every campaign below the exports folder, a folder a campaign.

    An unchanged list leaves unchanged files. A campaign whose files cannot be written is
    told as a trouble; the others are written all the same.
    """
    counts = {"campaigns": 0, "written": 0}
    troubles: list[str] = []
    for campaign in house.campaigns():
        try:
            counts["written"] += _publish_one(house, campaign.slug, now)
            counts["campaigns"] += 1
        except OSError as error:
            troubles.append(
                f"{campaign.slug}: {error.filename}: {error.strerror}; free space or rights there"
            )
    return RunReport(job="publish", started=now, ended=now, counts=counts, troubles=tuple(troubles))


def write(path: Path, body: bytes) -> None:
    """One file that a person named, whole or not at all. Raises Unusable."""
    try:
        folder.write_where(path, body)
    except (OSError, RuntimeError) as error:  # pathlib tells a link to itself by a RuntimeError
        reason = error.strerror if isinstance(error, OSError) else "it is a link to itself"
        raise Unusable(f"{path}: it cannot be written: {reason}") from error


def _publish_one(house: House, campaign: str, now: datetime) -> int:
    """Write one campaign's exports; answers 1 where anything changed."""
    made = listing(house, campaign)
    files = {form.file_name: form.render(made) for form in exports.formats().values()}
    parcel = folder.Parcel(campaign=campaign, entries=len(made.items), files=files)
    delivery = folder.deliver(parcel, house.settings.exports / campaign, now)
    with house.store.reading() as c:
        before = deliveries.history(c, campaign, delivery.target, limit=1)
    if before and before[0].digest == delivery.digest:
        return 0
    with house.store.writing() as c:
        deliveries.note(c, campaign, delivery)
    return 1
