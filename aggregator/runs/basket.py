"""A sink that keeps nothing: it brings finds back from the sweep's process, for a person to look at first."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from aggregator.store import holds
from aggregator.store.packing import pack, unpack
from aggregator.store.session import Store
from crawler.records import Find, Lead, Poll


@dataclass(frozen=True)
class Basket:
    """Leads on the way out, finds on the way back, as files of a folder; pauses are kept as in any sweep."""

    store: Store
    now: datetime
    folder: Path
    leads: tuple[Lead, ...]

    def held(self) -> Mapping[str, datetime]:
        """The registrable domains that asked for a pause, until when."""
        with self.store.reading() as c:
            return holds.held(c, self.now)

    def hold(self, domain: str, until: datetime) -> None:
        """Remember that a domain asked for a pause."""
        with self.store.writing() as c:
            holds.hold(c, domain, until)

    def keep_poll(self, poll: Poll) -> Sequence[Lead]:
        """No source is looked at."""
        return ()

    def waiting(self, limit: int) -> Sequence[Lead]:
        """The leads to follow."""
        return self.leads[:limit]

    def keep_find(self, find: Find) -> None:
        """Put a find into the folder."""
        free = next(path for number in itertools.count() if not (path := self.folder / str(number)).exists())
        free.write_bytes(pack(find))

    def finds(self) -> list[Find]:
        """What came back, in the order in which it came."""
        paths = sorted(self.folder.iterdir(), key=lambda path: int(path.name))
        return [unpack(Find, path.read_bytes()) for path in paths]
