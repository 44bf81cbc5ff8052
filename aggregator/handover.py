"""Hands what people decided over to another database: a line of JSON for each decision, taken in once.

Decisions name articles by their addresses, so they hold wherever these articles are, or come to be. What is
taken in comes after what people decided there; nothing there is changed or lost.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import MAXYEAR, datetime

from pydantic import ValidationError

from aggregator.bringing import bring_accepted
from aggregator.desk import root_of
from aggregator.errors import Unusable
from aggregator.judges import Judges
from aggregator.placing import place
from aggregator.records import Decision, Verdict
from aggregator.soundness import ABOUT_STORIES, check, check_correction
from aggregator.store import campaigns, decisions, stories
from aggregator.store import entries as desks
from aggregator.store.packing import adapter, as_json
from aggregator.store.session import Connection, Store


@dataclass(frozen=True, kw_only=True, slots=True)
class Handed:
    """What came of taking decisions in.

    How many are new, how many were there already, and which articles they name that are not
    here: such decisions hold from when the article comes.
    """

    new: int
    known: int
    missing: tuple[str, ...] = ()


def hand_over(store: Store, campaign: str | None = None) -> bytes:
    """All decisions, or those of a campaign and those that hold everywhere, one a line, the oldest first."""
    with store.reading() as c:
        if campaign is None:
            found = decisions.every(c)
        else:
            campaigns.get(c, campaign)
            found = decisions.of_campaign(c, campaign)
    return b"".join(json.dumps(as_json(each), ensure_ascii=False).encode() + b"\n" for each in found)


def take_over(store: Store, told: bytes, judges: Judges, now: datetime) -> Handed:
    """Take in decisions that `hand_over` wrote, all or none; stories and desks are brought up to date.

    Raises Unusable, naming the line, for what is no decision, and UnknownSubject for a
    campaign that is not here.
    """
    brought = sorted(read_lines(told), key=lambda decision: decision.id)
    with store.writing(durable=True) as c:
        for campaign in sorted({each.campaign for each in brought if each.campaign is not None}):
            campaigns.get(c, campaign)
        new = write_down(c, brought)
        meant = [root_of(c, each) for each in new]
        named = {key for each in meant for key in each.subjects}
        homes = stories.of_articles(c, named)
        grouped = {key for each in meant if each.verdict in ABOUT_STORIES for key in each.subjects}
        if keys := sorted(grouped & homes.keys()):
            place(c, keys, judges, new[-1].at)
        desks.refresh(c, set(stories.of_articles(c, named).values()))
        bring_accepted(c, named, now)
    return Handed(new=len(new), known=len(brought) - len(new), missing=tuple(sorted(named - homes.keys())))


def read_lines(told: bytes) -> Iterator[Decision]:
    """The decisions of a file. Raises Unusable for a line that is none."""
    for number, line in enumerate(told.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            read: Decision = adapter(Decision).validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "it"
            raise Unusable(f"line {number} is no decision: {where}: {first['msg']}") from error
        if read.at.tzinfo is None or not read.subjects:
            raise Unusable(f"line {number} is no decision: it names no article, or its time has no offset")
        if not 1 < read.at.year < MAXYEAR:
            raise Unusable(f"line {number} is no decision: nobody decides in the year {read.at.year}")
        try:
            check(read)
            checked = {name: check_correction(name, value) for name, value in read.corrections.items()}
        except Unusable as error:
            raise Unusable(f"line {number} is no decision: {error}") from error
        yield replace(read, corrections=checked)


def write_down(c: Connection, brought: Sequence[Decision]) -> list[Decision]:
    """Append those decisions that are not here; what undoes one undoes it under the number it has here."""
    known = {identity(each): each.id for each in decisions.every(c)}
    numbers: dict[str, str] = {}
    new: list[Decision] = []
    for each in brought:
        ours = replace(each, subjects=renumbered(each, numbers))
        if identity(ours) not in known:
            new.append(decisions.append(c, ours))
            known[identity(ours)] = new[-1].id
        numbers[str(each.id)] = str(known[identity(ours)])
    return new


def renumbered(decision: Decision, numbers: Mapping[str, str]) -> tuple[str, ...]:
    """What a decision names, here. Raises Unusable where it undoes one that was not brought."""
    if decision.verdict is not Verdict.UNDO:
        return decision.subjects
    missing = [subject for subject in decision.subjects if subject not in numbers]
    if missing:
        raise Unusable(f"decision {decision.id} undoes {missing[0]}, which the file does not have before it")
    return tuple(numbers[subject] for subject in decision.subjects)


def identity(decision: Decision) -> tuple[object, ...]:
    """All that a decision says but its number: who said the same at the same moment said it once."""
    told = (decision.campaign, decision.verdict, decision.subjects, decision.along, decision.by, decision.at)
    return (*told, tuple(sorted(decision.corrections.items())), decision.note)
