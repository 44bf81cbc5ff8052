"""The job that writes: every export of every campaign, made anew where something changed, in whole files."""

from datetime import datetime
from pathlib import Path

from aggregator import desk, exports
from aggregator.delivery import folder
from aggregator.errors import Unusable
from aggregator.records import Listing, RunReport
from aggregator.runs.house import House
from aggregator.store import campaigns, deliveries, listed
from crawler.clock import read_clock


def listing(house: House, campaign: str) -> Listing:
    """The list of a campaign as it is to be published. Raises UnknownSubject."""
    return desk.listing(house.store, campaign)


def publish(house: House, now: datetime) -> RunReport:
    """Write every export of every campaign, ended ones too, below the exports folder, a folder a campaign.

    An unchanged list leaves unchanged files, and is not even composed where nothing that it is made
    of changed since this process wrote it last, and the files still are as it wrote them. A campaign
    whose files cannot be written is told as a trouble; the others are written all the same.
    """
    counts = {"campaigns": 0, "composed": 0, "written": 0}
    troubles: list[str] = []
    with house.store.reading() as c:
        every = campaigns.every(c, ended=True)
    for campaign in every:
        try:
            # Read before the list is: what changes between is made anew the next time.
            made_of = _made_of(house, campaign.slug)
            if not _is_published(house, campaign.slug, made_of):
                counts["composed"] += 1
                counts["written"] += _publish_one(house, campaign.slug, made_of, now)
            counts["campaigns"] += 1
        except OSError as error:
            troubles.append(
                f"{campaign.slug}: {error.filename}: {error.strerror}; free space or rights there"
            )
    return RunReport(job="publish", started=now, ended=read_clock(), counts=counts, troubles=tuple(troubles))


def write(path: Path, body: bytes) -> None:
    """One file that a person named, whole or not at all. Raises Unusable."""
    try:
        folder.write_where(path, body)
    except (OSError, RuntimeError) as error:  # pathlib tells a link to itself by a RuntimeError
        reason = error.strerror if isinstance(error, OSError) else "it is a link to itself"
        raise Unusable(f"{path}: it cannot be written: {reason}") from error


def _made_of(house: House, campaign: str) -> str:
    with house.store.reading() as c:
        return listed.fingerprint(c, campaign)


def _is_published(house: House, campaign: str, made_of: str) -> bool:
    """Whether the files are there as this process wrote them, and of the same."""
    before, digest = house.published.get(campaign, ("", ""))
    return before == made_of and folder.is_intact(house.settings.exports / campaign, digest)


def _publish_one(house: House, campaign: str, made_of: str, now: datetime) -> int:
    """Write one campaign's exports; answers 1 where anything changed."""
    made = listing(house, campaign)
    files = {form.file_name: form.render(made) for form in exports.formats().values()}
    parcel = folder.Parcel(campaign=campaign, entries=len(made.items), files=files)
    delivery = folder.deliver(parcel, house.settings.exports / campaign, now)
    house.published[campaign] = made_of, delivery.digest
    with house.store.reading() as c:
        before = deliveries.history(c, campaign, delivery.target, limit=1)
    if before and before[0].digest == delivery.digest:
        return 0
    with house.store.writing() as c:
        deliveries.note(c, campaign, delivery)
    return 1
