"""What people decided: only ever added to. What it adds up to is worked out by `replay`."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Row, Select, delete, func, insert, or_, select

from aggregator.errors import UnknownSubject
from aggregator.records import Decision, Verdict
from aggregator.replay import STATUS_OF, Wishes, wishes
from aggregator.replay import undone as undone_in
from aggregator.store import rows
from aggregator.store.rows import KEYS
from aggregator.store.tables import decision_subjects, decisions, members, undone

EVERY: Select[Any] = select(decisions).order_by(decisions.c.id)
ABOUT_STORIES: Select[Any] = (
    select(decisions)
    .where(
        decisions.c.campaign.is_(None),
        decisions.c.verdict.in_(
            [each.value for each in (Verdict.MERGE, Verdict.KEEP_APART, Verdict.SPLIT, Verdict.SHOW)]
        ),
        decisions.c.id.not_in(select(undone.c.decision_id)),
    )
    .order_by(decisions.c.id)
)
UNRELATED: Select[Any] = EVERY.where(
    decisions.c.verdict == Verdict.UNRELATED.value, decisions.c.id.not_in(select(undone.c.decision_id))
)
NAMING: Select[Any] = select(decision_subjects).where(decision_subjects.c.subject.in_(KEYS))
NAMING_MEMBERS: Select[Any] = select(decision_subjects).join(
    members, (members.c.article_key == decision_subjects.c.subject) & members.c.story_id.in_(KEYS)
)
VERDICTS: Select[Any] = (
    select(decision_subjects.c.subject, decisions.c.campaign, decisions.c.verdict, decisions.c.by)
    .join(decisions, decisions.c.id == decision_subjects.c.decision_id)
    .where(
        decision_subjects.c.subject.in_(KEYS),
        decision_subjects.c.along.is_(False),
        decisions.c.campaign.is_not(None),
        decisions.c.verdict.in_([each.value for each in STATUS_OF]),
        decisions.c.id.not_in(select(undone.c.decision_id)),
    )
    .order_by(decisions.c.id)
)
NEWEST: Select[Any] = select(decisions.c.id, decisions.c.at).order_by(decisions.c.id.desc()).limit(1)
# By database: the newest decision, and what all amount to on stories.
WISHED: WeakKeyDictionary[Engine, tuple[Row[Any] | None, Wishes]] = WeakKeyDictionary()
HEADS: Select[Any] = EVERY.where(decisions.c.id.in_(KEYS))


def append(c: Connection, decision: Decision) -> Decision:
    """Write a decision down; answers it with the number it got. Its own `id` is not looked at.

    Raises UnknownSubject where an undo names a decision that is not there.
    """
    if decision.verdict is Verdict.UNDO:
        for subject in decision.subjects:
            get(c, int(subject))
    line = {
        "campaign": decision.campaign,
        "verdict": decision.verdict.value,
        "by": decision.by,
        "at": decision.at,
        "corrections": dict(decision.corrections),
        "note": decision.note,
    }
    number: int = c.execute(insert(decisions).returning(decisions.c.id), line).scalar_one()
    named = [(key, False) for key in decision.subjects] + [(key, True) for key in decision.along]
    lines = [
        {"decision_id": number, "position": position, "subject": key, "along": along}
        for position, (key, along) in enumerate(named)
    ]
    if lines:
        c.execute(insert(decision_subjects), lines)
    if decision.verdict is Verdict.UNDO:
        note_undone(c)
    return of_ids(c, [number])[0]


def note_undone(c: Connection) -> None:
    """Work out anew which decisions do not count any more."""
    gone = undone_in(read(c, EVERY.where(decisions.c.verdict == Verdict.UNDO.value)))
    c.execute(delete(undone))
    rows.add_missing(c, undone, [{"decision_id": number} for number in sorted(gone)])


def get(c: Connection, number: int) -> Decision:
    """One decision. Raises UnknownSubject."""
    found = of_ids(c, [rows.bounded(number)])
    if not found:
        raise UnknownSubject(f"there is no decision {number}")
    return found[0]


def of_ids(c: Connection, numbers: Iterable[int]) -> list[Decision]:
    """These decisions, the oldest first."""
    return [
        decision
        for batch in rows.batches(sorted(set(numbers)))
        for decision in read(c, EVERY.where(decisions.c.id.in_(batch)))
    ]


def read(c: Connection, query: Select[Any]) -> list[Decision]:
    """The decisions that the query finds, in its order, with their subjects."""
    found = c.execute(query).all()
    named: dict[int, list[Row[Any]]] = {row.id: [] for row in found}
    for batch in rows.batches(named):
        subjects = select(decision_subjects).where(decision_subjects.c.decision_id.in_(batch))
        for row in c.execute(
            subjects.order_by(decision_subjects.c.decision_id, decision_subjects.c.position)
        ):
            named[row.decision_id].append(row)
    return [read_decision(row, named[row.id]) for row in found]


def read_decision(row: Row[Any], named: Sequence[Row[Any]]) -> Decision:
    """A decision of the tables."""
    return Decision(
        id=row.id,
        campaign=row.campaign,
        verdict=Verdict(row.verdict),
        subjects=tuple(one.subject for one in named if not one.along),
        by=row.by,
        at=row.at,
        corrections=row.corrections,
        note=row.note,
        along=tuple(one.subject for one in named if one.along),
    )


def every(c: Connection) -> list[Decision]:
    """All decisions, the oldest first."""
    return read(c, EVERY)


def newest(c: Connection) -> int:
    """The number of the newest decision; 0 where there is none."""
    return c.scalar(select(func.max(decisions.c.id))) or 0


def after(c: Connection, number: int) -> list[Decision]:
    """The decisions taken after this one, and those that they undo, the oldest first."""
    found = read(c, EVERY.where(decisions.c.id > number))
    undone_ones = {int(key) for each in found if each.verdict is Verdict.UNDO for key in each.subjects}
    return found + of_ids(c, undone_ones - {each.id for each in found})


def of_campaign(c: Connection, campaign: str) -> list[Decision]:
    """All decisions of a campaign and those that hold everywhere, the oldest first, undone ones included."""
    return read(c, EVERY.where(in_campaign(campaign)))


def in_campaign(campaign: str) -> Any:
    """The condition that a decision is of this campaign or of all."""
    return or_(decisions.c.campaign == campaign, decisions.c.campaign.is_(None))


def about(c: Connection, article_keys: Iterable[str], story_ids: Iterable[str] = ()) -> list[Decision]:
    """The decisions that name these articles or saw them in an entry, and all undoing of these.

    Subjects other than these articles are left out: one act at the desk may name a thousand.
    Of `story_ids` all members count as named.
    """
    named: dict[int, list[Row[Any]]] = {}
    for batch in rows.batches(story_ids):
        for row in c.execute(NAMING_MEMBERS, {"keys": batch}):
            named.setdefault(row.decision_id, []).append(row)
    fresh = {*article_keys, *map(str, named)}
    while fresh:
        known = set(named)
        for row in subject_rows(c, fresh):
            named.setdefault(row.decision_id, []).append(row)
        fresh = {str(number) for number in set(named) - known}
    return [
        read_decision(row, sorted(named[row.id], key=lambda one: one.position))
        for batch in rows.batches(sorted(named))
        for row in c.execute(HEADS, {"keys": batch})
    ]


def subject_rows(c: Connection, subjects: Iterable[str]) -> Iterator[Row[Any]]:
    """Which decisions have these subjects: article keys, or the numbers of decisions that they undo."""
    for batch in rows.batches(sorted(subjects)):
        yield from c.execute(NAMING, {"keys": batch})


def about_stories(c: Connection) -> list[Decision]:
    """The standing decisions on what is one story (merge, keep apart, split) and what all campaigns show."""
    return read(c, ABOUT_STORIES)


def wished(c: Connection) -> Wishes:
    """What the standing decisions on stories amount to, worked out once until somebody decides again.

    For transactions that decide nothing themselves: what is rolled back was never decided.
    """
    mark = c.execute(NEWEST).first()
    if c.engine not in WISHED or WISHED[c.engine][0] != mark:
        WISHED[c.engine] = mark, wishes(about_stories(c))
    return WISHED[c.engine][1]


def unrelated(c: Connection) -> list[Decision]:
    """The standing decisions that two articles' stories are no kin."""
    return read(c, UNRELATED)


def undone_ids(c: Connection) -> set[int]:
    """The numbers of the decisions that do not count any more."""
    return set(c.scalars(select(undone.c.decision_id)))


def accepted(c: Connection, article_keys: Iterable[str]) -> dict[tuple[str, str], str]:
    """Which of these articles the last verdict on them accepts, and whose: (campaign, article key) -> by."""
    last = {
        (row.campaign, row.subject): row
        for batch in rows.batches(article_keys)
        for row in c.execute(VERDICTS, {"keys": batch})
    }
    return {which: row.by for which, row in last.items() if row.verdict == Verdict.ACCEPT.value}


def history(c: Connection, campaign: str | None, before: int | None, limit: int = 50) -> list[Decision]:
    """The newest decisions first: of a campaign (and those that hold everywhere), or of all."""
    query = select(decisions.c.id)
    if campaign is not None:
        query = query.where(in_campaign(campaign))
    if before is not None:
        query = query.where(decisions.c.id < rows.bounded(before))
    numbers = c.scalars(query.order_by(decisions.c.id.desc()).limit(limit))
    return of_ids(c, numbers)[::-1]
