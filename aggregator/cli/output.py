"""What commands print: tables and one closing line for people, JSON with stable keys for machines.

Data goes to stdout, everything else (progress, warnings, logs) to stderr.
"""

import codecs
import json
import logging
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from io import TextIOWrapper

WIDEST = 10_000  # columns of a table that no screen shows


class Exit(IntEnum):
    """How a command ended (75 and 78 as in sysexits.h)."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    SOURCES_FAILED = 3
    NOT_RIGHT = 3  # done as well; what was looked at is not as it should be
    TRY_AGAIN = 75
    CONFIG = 78
    INTERRUPTED = 130


@dataclass(frozen=True, kw_only=True)
class Output:
    """Where and how a command speaks."""

    as_json: bool = False
    quiet: bool = False

    def value(self, value: object) -> None:
        """One JSON object, for machines only."""
        if self.as_json:
            print(json.dumps(value, ensure_ascii=not _speaks_every_script(), indent=1, default=str))

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str) -> None:
        """A table for people; `empty` says what to do next where there is nothing to show."""
        if self.as_json:
            return
        rows = list(rows)
        if not rows:
            self.say(empty)
            return
        from rich.console import Console  # most commands print no table
        from rich.table import Table

        on_screen = sys.stdout is not None and sys.stdout.isatty()
        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in columns:
            table.add_column(column, overflow="fold")
        for row in rows:
            table.add_row(*("" if cell is None else str(cell) for cell in row))
        width = None if on_screen else WIDEST  # what another program reads has a line a row
        Console(markup=False, highlight=False, width=width).print(table)

    def say(self, line: str) -> None:
        """A line of data for people."""
        if not self.as_json:
            print(line)

    def close(self, line: str, counts: Mapping[str, object] | None = None) -> None:
        """The one closing line; with --json the counts as an object."""
        if self.as_json:
            if counts is not None:
                self.value(dict(counts))
        elif not self.quiet:
            print(line)

    def note(self, line: str) -> None:
        """Progress or a warning, on stderr."""
        if not self.quiet:
            print(line, file=sys.stderr, flush=True)


def _speaks_every_script() -> bool:
    return sys.stdout is not None and codecs.lookup(sys.stdout.encoding or "ascii").name == "utf-8"


def speak_whatever_happens() -> None:
    """A letter that the terminal's encoding does not have is written as an escape, and ends no command."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def start_logging(*, debug: bool) -> None:
    """Logs go to stderr, one line an event."""
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.DEBUG if debug else logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        datefmt="%H:%M:%S",
    )
    if not debug:
        # Other people's libraries speak only when something is wrong.
        for library in ("alembic", "scrapy", "trafilatura", "htmldate", "uvicorn.access"):
            logging.getLogger(library).setLevel(logging.WARNING)
