"""Reads the oracle of the sample press, `demo/expected.toml`, as records."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "expected.toml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A piece that belongs to the campaign: its line, and where it stands.

    `rewrites` is the address of the piece it retells. `access` says what keeps it from
    being read whole: paywall, robots or blocked (403).
    """

    headline: str
    outlet: str
    date: date
    url: str
    rewrites: str = ""
    access: str = "open"


@dataclass(frozen=True, kw_only=True, slots=True)
class Copies:
    """A story that several outlets carry. `original` is empty where no source has it."""

    name: str
    copies: tuple[str, ...]
    original: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Expected:
    """All that a right system makes of the sample press; addresses are canonical ones.

    `listed` is in the order of the page. `same_page` maps a page to its other addresses.
    `own` and `press_releases` are no coverage, `outside_window` is about the event but too
    early. `apart` are groups of pieces none of which may share a story with another, with
    the reason.
    """

    listed: tuple[Entry, ...]
    missed: tuple[Entry, ...]
    stories: tuple[Copies, ...]
    same_page: dict[str, tuple[str, ...]]
    own: tuple[str, ...]
    outside_window: tuple[str, ...]
    press_releases: tuple[str, ...]
    apart: tuple[tuple[str, tuple[str, ...]], ...]

    def companions(self, url: str) -> frozenset[str]:
        """The pages, itself among them, that may share a story with this one; for most only itself."""
        told = {url}
        for story in self.stories:
            members = {story.original, *story.copies} - {""}
            told |= members if url in members else set()
        for entry in self.missed:
            if entry.rewrites and url in (entry.url, entry.rewrites):
                told |= {entry.url, entry.rewrites}
        return frozenset(told)


def expected() -> Expected:
    """The oracle as it stands in the file."""
    told = tomllib.loads(FILE.read_text("utf-8"))
    return Expected(
        listed=tuple(Entry(**table) for table in told["listed"]),
        missed=tuple(Entry(**table) for table in told["missed"]),
        stories=tuple(_copies(table) for table in told["story"]),
        same_page={table["url"]: tuple(table["also"]) for table in told["same_page"]},
        own=tuple(table["url"] for table in told["own"]),
        outside_window=tuple(table["url"] for table in told["outside_window"]),
        press_releases=tuple(table["url"] for table in told["press_release"]),
        apart=tuple((table["why"], tuple(table["urls"])) for table in told["apart"]),
    )


def _copies(table: dict[str, Any]) -> Copies:
    return Copies(**{**table, "copies": tuple(table["copies"])})
