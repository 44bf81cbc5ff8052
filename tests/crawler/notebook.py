"""A sink that writes what a sweep catches into a folder, so that child process and test see the same."""

import pickle
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from crawler.records import Find, FindOutcome, Lead, Poll


class Notebook:
    """Appends each thing that is kept to a file of its kind; nothing is remembered elsewhere."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: set[str] | None = None  # read once in the child process

    def _write(self, name: str, thing: object) -> None:
        with (self.folder / name).open("ab") as file:
            pickle.dump(thing, file)

    def _read(self, name: str) -> Iterator[object]:
        path = self.folder / name
        if not path.exists():
            return
        with path.open("rb") as file:
            while True:
                try:
                    yield pickle.load(file)
                except EOFError:
                    return

    @property
    def polls(self) -> list[Poll]:
        return [poll for poll in self._read("polls") if isinstance(poll, Poll)]

    @property
    def finds(self) -> list[Find]:
        return [find for find in self._read("finds") if isinstance(find, Find)]

    def held(self) -> Mapping[str, datetime]:
        return {pair[0]: pair[1] for pair in self._read("holds") if isinstance(pair, tuple)}

    def hold(self, domain: str, until: datetime) -> None:
        self._write("holds", (domain, until))

    def keep_poll(self, poll: Poll) -> Sequence[Lead]:
        if self._known is None:
            self._known = {lead.url for old in self.polls for lead in old.leads}
        self._write("polls", poll)
        new = [lead for lead in poll.leads if lead.url not in self._known]
        self._known.update(lead.url for lead in new)
        return new

    def waiting(self, limit: int) -> Sequence[Lead]:
        done = {find.lead.url for find in self.finds if find.outcome != FindOutcome.LATER}
        leads = {lead.url: lead for poll in self.polls for lead in poll.leads}
        return [lead for url, lead in leads.items() if url not in done][:limit]

    def keep_find(self, find: Find) -> None:
        self._write("finds", find)
