"""What a reviewer sees and may do; each act is one Decision, and every one can be undone.

What decisions add up to is worked out by `replay` and `listing`; this room checks what
was asked, writes it down and brings the desks up to date.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from aggregator.bringing import bring_accepted
from aggregator.errors import Conflict, UnknownSubject, Unusable
from aggregator.judges import Judges
from aggregator.listing import compose
from aggregator.placing import place
from aggregator.records import Decision, Entry, Listing, Status, Verdict
from aggregator.replay import STATUS_OF
from aggregator.soundness import ABOUT_STORIES, MOST_AT_ONCE, check, check_correction
from aggregator.store import campaigns, crowds, decisions, kin, stories
from aggregator.store import entries as desks
from aggregator.store.entries import View
from aggregator.store.session import Connection, Store

__all__ = ["MOST_AT_ONCE", "Signature", "View"]

EVERYTHING = View()


@dataclass(frozen=True, kw_only=True, slots=True)
class Signature:
    """Who acts, when, with what remark, and what they saw.

    `seen` maps article keys to the `version` of the entry that the person looked at; where
    it is no longer that one, the act is refused with Conflict and nothing is changed.
    """

    by: str
    at: datetime
    note: str = ""
    seen: Mapping[str, int] = field(default_factory=dict)


def entries(store: Store, campaign: str, view: View = EVERYTHING) -> list[Entry]:
    """The entries in view, the newest found first. Raises UnknownSubject."""
    with store.reading() as c:
        known = campaigns.get(c, campaign)
        ids = desks.find(c, campaign, view)
        found = desks.of_stories(c, known, ids)
    return [found[story_id] for story_id in ids if story_id in found]


def entry(store: Store, campaign: str, key: str) -> Entry:
    """The entry that this article belongs to. Raises UnknownSubject."""
    with store.reading() as c:
        known = campaigns.get(c, campaign)
        found = desks.of_stories(c, known, stories_of(c, [key]))
    if not found:
        raise UnknownSubject(f"{key} is at no desk of {campaign}: nothing in it mentions the campaign")
    return next(iter(found.values()))


def counts(store: Store, campaign: str) -> dict[Status, int]:
    """How many entries stand where."""
    with store.reading() as c:
        return desks.counts(c, campaign)


def listing(store: Store, campaign: str) -> Listing:
    """The list as it is to be published. Raises UnknownSubject."""
    with store.reading() as c:
        known = campaigns.get(c, campaign)
        accepted = desks.of_stories(c, known, desks.all_of(c, campaign, Status.ACCEPTED))
        return compose(known, accepted.values(), decisions.of_campaign(c, campaign))


def history(store: Store, campaign: str | None = None, before: int | None = None) -> list[Decision]:
    """The newest fifty decisions, those older than number `before`; undone ones and undoing included."""
    with store.reading() as c:
        return decisions.history(c, campaign, before)


def accept(store: Store, campaign: str, keys: Sequence[str], signed: Signature) -> Decision:
    """Put the entries of these articles on the list."""
    return decide(store, campaign, Verdict.ACCEPT, keys, signed)


def reject(store: Store, campaign: str, keys: Sequence[str], signed: Signature) -> Decision:
    """Keep the entries of these articles off the list; the note says why."""
    return decide(store, campaign, Verdict.REJECT, keys, signed)


def later(store: Store, campaign: str, keys: Sequence[str], signed: Signature) -> Decision:
    """Put the entries of these articles aside."""
    return decide(store, campaign, Verdict.LATER, keys, signed)


def star(store: Store, campaign: str, keys: Sequence[str], signed: Signature) -> Decision:
    """Mark the entries of these articles; undoing takes the mark off."""
    return decide(store, campaign, Verdict.STAR, keys, signed)


def decide(store: Store, campaign: str, verdict: Verdict, keys: Sequence[str], signed: Signature) -> Decision:
    """Say the same of the entries of these articles, as one decision.

    Raises Unusable, UnknownSubject, Conflict.
    """
    return write(store, sign(campaign, verdict, keys, signed), signed.seen)


def correct(
    store: Store, campaign: str, key: str, corrections: Mapping[str, str], signed: Signature
) -> Decision:
    """Correct an entry's headline, outlet, date (2017-03-28), note or link; empty gives it back to the web.

    Raises Unusable, UnknownSubject, Conflict.
    """
    checked = {name: check_correction(name, value) for name, value in corrections.items()}
    decision = sign(campaign, Verdict.CORRECT, [key], signed)
    return write(store, replace(decision, corrections=checked), signed.seen)


def reorder(store: Store, campaign: str, keys: Sequence[str], signed: Signature) -> Decision:
    """Put the entries of one day in this order. Raises Unusable, UnknownSubject, Conflict."""
    return write(store, sign(campaign, Verdict.REORDER, keys, signed), signed.seen)


def merge(store: Store, keys: Sequence[str], signed: Signature, judges: Judges) -> Decision:
    """Say that these articles are one story, for good. Raises Unusable, UnknownSubject, Conflict."""
    return write(store, sign(None, Verdict.MERGE, keys, signed), signed.seen, judges)


def keep_apart(store: Store, keys: Sequence[str], signed: Signature, judges: Judges) -> Decision:
    """Say that no two of these are one story, for good. Raises Unusable, UnknownSubject, Conflict."""
    return write(store, sign(None, Verdict.KEEP_APART, keys, signed), signed.seen, judges)


def split(store: Store, key: str, signed: Signature, judges: Judges) -> Decision:
    """Say that this article is not the story of the others that it is with, for good; one act, one undo.

    Raises Unusable where it is with none, UnknownSubject, Conflict.
    """
    with store.reading() as c:
        others = others_in(c, stories_of(c, [key]), [key])
    if not others:
        raise Unusable(f"{key} is alone in its story; there is nothing to split")
    decision = replace(sign(None, Verdict.SPLIT, [key], signed), along=others)
    return write(store, decision, signed.seen, judges)


def unrelated(store: Store, keys: Sequence[str], signed: Signature) -> Decision:
    """Say that the stories of these two articles are no kin. Raises Unusable, UnknownSubject, Conflict."""
    return write(store, sign(None, Verdict.UNRELATED, keys, signed), signed.seen)


def with_kin(store: Store, found: Sequence[Entry]) -> list[Entry]:
    """The entries with the stories that each is kin to, for those who show them."""
    with store.reading() as c:
        near = kin.of_stories(c, [each.story.id for each in found])
    return [replace(each, kin=near.get(each.story.id, ())) for each in found]


def show(store: Store, campaign: str | None, key: str, signed: Signature, judges: Judges) -> Decision:
    """Show this member of its story: in one campaign, or (None) in all. Raises UnknownSubject, Conflict."""
    return write(store, sign(campaign, Verdict.SHOW, [key], signed), signed.seen, judges)


def undo(store: Store, number: int, signed: Signature, judges: Judges) -> Decision:
    """Take back a decision, however old; undoing an undo brings it back. Raises UnknownSubject, Conflict.

    A decision that is undone already cannot be undone twice: that is a Conflict.
    """
    with store.writing(durable=True) as c:
        target = decisions.get(c, number)
        if number in decisions.undone_ids(c):
            raise Conflict(f"decision {number} is undone already; undo the undoing to bring it back")
        check_seen(c, signed.seen)
        taken = decisions.append(c, sign(target.campaign, Verdict.UNDO, [str(number)], signed))
        meant = root_of(c, target)
        homes = stories.of_articles(c, meant.subjects)  # handed over, it may name what is not here yet
        affected = set(homes.values())
        if meant.verdict in ABOUT_STORIES:
            affected |= place(c, homes, judges, signed.at)
        desks.refresh(c, affected)
        bring_accepted(c, meant.subjects, signed.at)
        return taken


def root_of(c: Connection, decision: Decision) -> Decision:
    """The decision that a row of undoing is about in the end."""
    while decision.verdict is Verdict.UNDO:
        decision = decisions.get(c, int(decision.subjects[0]))
    return decision


def sign(campaign: str | None, verdict: Verdict, keys: Sequence[str], signed: Signature) -> Decision:
    """The decision as it will be written down; its number is given by the store."""
    return Decision(
        id=0,
        campaign=campaign,
        verdict=verdict,
        subjects=tuple(dict.fromkeys(keys)),
        by=signed.by,
        at=signed.at,
        note=signed.note,
    )


def write(
    store: Store, decision: Decision, seen: Mapping[str, int], judges: Judges | None = None
) -> Decision:
    """Write a decision down and bring the desks up to date, in one transaction that reaches the disk.

    Where it is about stories, `judges` group anew what is near. Raises Unusable, UnknownSubject, Conflict.
    """
    check(decision)
    with store.writing(durable=True) as c:
        if decision.campaign is not None:
            campaigns.get(c, decision.campaign)
        affected = stories_of(c, decision.subjects)
        check_seen(c, seen, decision.campaign)
        if decision.verdict in STATUS_OF:
            decision = replace(decision, along=others_in(c, affected, decision.subjects))
        taken = decisions.append(c, decision)
        if judges is not None:
            affected |= place(c, decision.subjects, judges, decision.at)
        desks.refresh(c, affected)
        if decision.verdict is Verdict.ACCEPT or judges is not None:
            bring_accepted(c, decision.subjects, decision.at)
        return taken


def stories_of(c: Connection, keys: Sequence[str]) -> set[str]:
    """The ids of the stories of these articles. Raises UnknownSubject for one that is not there."""
    found = stories.of_articles(c, keys)
    missing = [key for key in keys if key not in found]
    if missing:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise UnknownSubject(f"there is no article {missing[0]!r}{more}")
    return set(found.values())


def others_in(c: Connection, story_ids: set[str], keys: Sequence[str]) -> tuple[str, ...]:
    """The members of these stories besides the named articles."""
    found = stories.members_of(c, story_ids)
    members = {member.article_key for story in found.values() for member in story}
    return tuple(sorted(members.difference(keys)))


def check_seen(c: Connection, seen: Mapping[str, int], campaign: str | None = None) -> None:
    """Raise Conflict where an entry is no longer the one that the person saw."""
    if not seen:
        return
    homes = stories.of_articles(c, seen)
    known = [campaigns.get(c, campaign)] if campaign else campaigns.every(c)
    for one in known:
        found = desks.of_stories(c, one, set(homes.values()))
        for key, version in seen.items():
            now = found.get(homes.get(key, ""))
            if now is not None and now.version != version:
                last = decisions.get(c, now.version)
                raise Conflict(
                    f"{now.headline!r} was changed in between by {last.by} ({last.verdict}); look again"
                )


def rebuild(store: Store) -> int:
    """Make all places at all desks anew from what is known; answers how many stories were looked at."""
    seen = 0
    with store.writing() as c:
        crowds.doubt(c)
        for batch in stories.every(c):
            desks.refresh(c, batch)
            seen += len(batch)
    return seen
