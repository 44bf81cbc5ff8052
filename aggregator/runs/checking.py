"""Whether settings, outlet and campaign files can be used: all of their mistakes at once."""

from collections.abc import Callable
from pathlib import Path

from aggregator import campaigns, settings
from crawler import outlets
from crawler.errors import Complaint, ConfigError


def complaints_of(folder: Path) -> list[Complaint]:
    """Every mistake in every file of a configuration folder; none where everything is in order."""
    readers: tuple[Callable[[], object], ...] = (
        lambda: settings.load(folder),
        lambda: outlets.load(folder / "outlets"),
        lambda: campaigns.load(folder / "campaigns"),
    )
    complaints: list[Complaint] = []
    for read in readers:
        try:
            read()
        except ConfigError as error:
            complaints.extend(error.complaints)
    return complaints
