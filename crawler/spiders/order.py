"""What a sweep is told to do, whom it hands its catch to, and what it tells meanwhile. Records only."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from crawler.habits import Habits
from crawler.mailboxes import Mailbox
from crawler.outlets import Directory
from crawler.politeness.lookup import LookUp, system_look_up
from crawler.politeness.manners import Manners
from crawler.politeness.robots_answer import RobotsAnswer
from crawler.records import Find, FindOutcome, Lead, Page, Poll, PollOutcome, PollState, Source, SourceKind


@dataclass(frozen=True, kw_only=True, slots=True)
class SweepOrder:
    """One sweep: the due sources with their states, the outlets, our manners and our limits.

    It is pickled into the child process, so `clock` and `look_up` (the shape of
    `socket.getaddrinfo`) are functions of a module. `most_leads` is per source, newest first;
    what `most_pages` and `longest` leave over waits for the next sweep. `robots` is what an
    earlier report learned of robots.txt files, by origin: they are asked for once a day. `habits` are
    what links turned out to be, by registrable domain, for those sites where anybody learns.
    `mailboxes` are those that sources of the kind newsletter stand for. `held` are the domains that
    asked for a pause, and until when, for a spider that has no sink to ask.
    """

    sources: tuple[tuple[Source, PollState], ...]
    outlets: Directory
    manners: Manners
    clock: Callable[[], datetime]
    look_up: LookUp = system_look_up
    robots: Mapping[str, RobotsAnswer] = field(default_factory=dict)
    mailboxes: tuple[Mailbox, ...] = ()
    habits: Mapping[str, Habits] = field(default_factory=dict)
    held: Mapping[str, datetime] = field(default_factory=dict)
    most_leads: int = 1_000
    most_pages: int = 5_000
    longest: timedelta = timedelta(hours=1)


class Sink(Protocol):
    """Where a sweep's catch goes; it is pickled, and used in the child process (`waiting` in both).

    Each `keep_…` is one transaction, so that a killed sweep loses nothing.
    """

    def held(self) -> Mapping[str, datetime]:
        """Registrable domains that asked for a pause, and until when."""

    def hold(self, domain: str, until: datetime) -> None:
        """Remember that a domain asked for a pause."""

    def keep_poll(self, poll: Poll) -> Sequence[Lead]:
        """Keep leads and state; answers those leads that were not known before."""

    def waiting(self, limit: int) -> Sequence[Lead]:
        """Leads of earlier sweeps that were never read, or are due for another try."""

    def keep_find(self, find: Find) -> None:
        """Keep what became of a lead."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SourcePolled:
    """A source was looked at: how many leads it showed and how many of them are new."""

    source_id: str
    url: str
    outcome: PollOutcome
    leads: int = 0
    new: int = 0
    trouble: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LeadFollowed:
    """A lead was followed to its page."""

    url: str
    outcome: FindOutcome
    headline: str | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """A place that may list an outlet's news: what it yields, how fresh, or what is wrong with it.

    `is_guess` is one of the usual addresses that the outlet itself does not name; where there was no
    answer at all, it was not `answered`.
    """

    kind: SourceKind
    url: str
    found_by: str
    leads: int
    newest: datetime | None = None
    items_per_day: float | None = None
    headlines: tuple[str, ...] = ()
    trouble: str | None = None
    is_guess: bool = False
    answered: bool = True


FRONT_PAGE, ROBOTS = "the front page", "robots.txt"


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """FRONT_PAGE or ROBOTS was asked for, and what is wrong with it."""

    what: str
    trouble: str | None = None
    answered: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A registrable domain asked for a pause, told by a spider that has no sink."""

    domain: str
    until: datetime


Draw = Callable[[Page], Awaitable[Page]]
"""Runs the scripts of a page (`politeness.rendering`); raises Refused where that does not go well."""

Progress = SourcePolled | LeadFollowed
