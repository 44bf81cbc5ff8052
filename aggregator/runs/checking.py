"""Whether settings, outlet and campaign files can be used: all of their mistakes at once."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from aggregator import campaigns, settings
from aggregator.settings import Settings
from crawler import outlets
from crawler.errors import Complaint, ConfigError
from crawler.outlets import Directory
from crawler.toml import Places

Read = TypeVar("Read")


def complaints_of(folder: Path) -> list[Complaint]:
    """Every mistake in every file of a configuration folder; none where everything is in order."""
    complaints: list[Complaint] = []
    ours = _read(lambda: settings.load(folder), complaints)
    known = _read(lambda: outlets.load(folder / "outlets"), complaints)
    _read(lambda: campaigns.load(folder / "campaigns"), complaints)
    return complaints + (unknown_outlets(ours, known[0]) if ours and known else [])


def _read(read: Callable[[], Read], complaints: list[Complaint]) -> Read | None:
    try:
        return read()
    except ConfigError as error:
        complaints.extend(error.complaints)
        return None


def unknown_outlets(ours: Settings, directory: Directory) -> list[Complaint]:
    """The outlets that the settings watch and no file knows: they would be missed in silence."""
    unknown = [slug for slug in ours.watch.outlets if directory.named(slug) is None]
    if not unknown:
        return []
    file = ours.folder / "settings.toml"
    line = Places(str(file), file.read_text(encoding="utf-8-sig")).line(("watch", "outlets"))
    word = f"is in {ours.folder / 'outlets'}; write the name in [brackets] of its file"
    return [Complaint(str(file), line, "watch.outlets", f"no outlet {slug!r} {word}") for slug in unknown]
