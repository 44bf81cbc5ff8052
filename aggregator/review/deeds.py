"""What a decision did, in words: for toasts and the history."""

from collections.abc import Mapping

from fastapi import Request

from aggregator.errors import UnknownSubject
from aggregator.records import Campaign, Decision, Verdict
from aggregator.review.rendering import Toast, room_of
from aggregator.store import articles, decisions
from aggregator.wording import count, listed

# What is said of two is nothing without their names.
OF_PAIRS = (Verdict.MERGE, Verdict.KEEP_APART, Verdict.UNRELATED)
PAST = {
    Verdict.ACCEPT: "Accepted",
    Verdict.REJECT: "Rejected",
    Verdict.LATER: "Put aside",
    Verdict.STAR: "Starred",
    Verdict.CORRECT: "Corrected",
    Verdict.MERGE: "Made one story of",
    Verdict.KEEP_APART: "Kept apart",
    Verdict.SPLIT: "Took out of its story",
    Verdict.UNRELATED: "Said to be unrelated:",
    Verdict.SHOW: "Chose to show",
    Verdict.REORDER: "Put in a new order:",
    Verdict.UNDO: "Took back",
}


def words_of(decision: Decision, headlines: Mapping[str, str]) -> str:
    """A decision in words: “Accepted “We Cannot Hide””, “Rejected 12 entries”."""
    done = PAST[decision.verdict]
    if decision.verdict is Verdict.CORRECT:
        done = f"Corrected {' and '.join(decision.corrections)} of"
    if is_named(decision):
        names = (headlines.get(key) for key in decision.subjects)
        told = [f"“{name}”" if name else key for name, key in zip(names, decision.subjects, strict=True)]
        return f"{done} {listed(told)}"
    return f"{done} {count(len(decision.subjects), 'entry', 'entries')}"


def is_named(decision: Decision) -> bool:
    """Whether its entries are named; of others it is told how many they are."""
    return len(decision.subjects) == 1 or (len(decision.subjects) == 2 and decision.verdict in OF_PAIRS)


def describe(request: Request, found: list[Decision]) -> dict[int, str]:
    """Decision number -> what it did, in words; an undo tells what it took back."""
    with room_of(request).store.reading() as c:
        undone = decisions.of_ids(
            c, [int(one) for each in found if each.verdict is Verdict.UNDO for one in each.subjects]
        )
        every = {each.id: each for each in (*found, *undone)}
        keys = {key for each in every.values() if is_named(each) for key in each.subjects}
        headlines = {key: article.headline for key, article in articles.some(c, keys).items()}
    words = {each.id: words_of(each, headlines) for each in every.values()}
    for each in found:
        if each.verdict is Verdict.UNDO:
            meant = words.get(int(each.subjects[0]), "a decision")
            words[each.id] = f"Took back: {meant[0].lower()}{meant[1:]}"
    return {each.id: words[each.id] for each in found}


def toast_for(request: Request, campaign: Campaign, decision: Decision, back: str) -> Toast:
    """A word on a decision just taken, with the way to take it back."""
    words = describe(request, [decision])[decision.id]
    return Toast(text=words, campaign=campaign.slug, undo=decision.id, next=back)


def toast_of(request: Request, campaign: Campaign) -> Toast | None:
    """The toast that the address asks for; None without one.

    `done` is a decision's number, `added` how many pieces were added without one.
    """
    asked, added = (request.query_params.get(name, "") for name in ("done", "added"))
    if added.isdecimal() and len(added) < 6:
        return Toast(text=f"{count(int(added), 'piece')} added; what was here already stays as it is.")
    if not asked.isdecimal() or len(asked) > 15:
        return None
    try:
        with room_of(request).store.reading() as c:
            decision = decisions.get(c, int(asked))
            if decision.id in decisions.undone_ids(c):
                return None
    except UnknownSubject:
        return None
    back = f"{request.url.path}?{without_done(request)}".rstrip("?")
    return toast_for(request, campaign, decision, back)


def without_done(request: Request) -> str:
    """The query string without the word on what was done."""
    return "&".join(part for part in request.url.query.split("&") if part and not part.startswith("done="))
