"""What a reviewer does at the desk: decide, star, correct, merge, undo; each act is one Decision."""

from collections.abc import Mapping, Sequence
from typing import Annotated
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from aggregator import desk, naming, notices
from aggregator.desk import Signature
from aggregator.errors import Conflict, UnknownSubject, Unusable
from aggregator.records import Campaign, Decision, Entry, Verdict
from aggregator.review.deeds import toast_for
from aggregator.review.filters import ALL, Filters, from_query, view_of
from aggregator.review.guard import safe_next
from aggregator.review.pages.queue import tabs_piece
from aggregator.review.rendering import Toast, is_htmx, page_of, person_of, piece, render, room_of
from aggregator.review.roles import Role, needs
from aggregator.store import campaigns, decisions, people

router = APIRouter()

Text = Annotated[str, Form()]
Texts = Annotated[Sequence[str], Form()]


@router.post("/c/{slug}/decisions")
@needs(Role.EDITOR)
def decide(request: Request, slug: str, subjects: Texts = (), next: Text = "/") -> Response:
    """Accept, reject, put aside, star, merge or part from kin one entry or many, as one decision."""
    campaign = campaign_of(request, slug)
    room, form = room_of(request), request.state.form
    keys = matching_keys(request, campaign, form["all"]) if form.get("all") else list(subjects)
    signed = signature(request, form.get("note", ""), seen(form, keys))
    verdict = form.get("verdict", "")
    if verdict == "unstar":
        taken = take_star_off(request, campaign, keys, signed)
    elif verdict == Verdict.MERGE:
        taken = desk.merge(room.store, keys, signed, room.judges)
    elif verdict == Verdict.UNRELATED:
        taken = desk.unrelated(room.store, keys, signed)
    else:
        taken = desk.decide(room.store, slug, plain_verdict(verdict), keys, signed)
    one = keys[0] if len(keys) == 1 and not form.get("bulk") else None
    return answer(request, campaign, taken, safe_next(next), one)


@router.get("/c/{slug}/entry")
@needs(Role.VIEWER)
def show_entry(request: Request, slug: str, key: str) -> Response:
    """One entry as it is now, wherever it stands; the script asks when somebody is at work on it."""
    return HTMLResponse(entry_piece(request, campaign_of(request, slug), key, page_of(request), ALL))


@router.post("/c/{slug}/corrections")
@needs(Role.EDITOR)
def correct(request: Request, slug: str, subject: Text, next: Text = "/") -> Response:
    """Correct fields of an entry; a field that the form leaves as it was is not touched."""
    campaign = campaign_of(request, slug)
    store = room_of(request).store
    form = request.state.form
    changes = changed_fields(form, desk.entry(store, slug, subject))
    if form.get("always") and changes.get("outlet"):
        return call_always(request, campaign, subject, changes["outlet"])
    if not changes:
        return unchanged(request, campaign, subject, safe_next(next))
    taken = desk.correct(store, slug, subject, changes, signature(request, "", seen(form, [subject])))
    return answer(request, campaign, taken, safe_next(next), subject)


def call_always(request: Request, campaign: Campaign, key: str, name: str) -> Response:
    """Make the new name of an outlet a rule; it can be forgotten on the page of sources."""
    room, by = room_of(request), person_of(request).name
    before = naming.always_call(room.store, key, name, by, room.now())
    with room.store.writing() as c:
        people.note(c, by, f"always calls {before} now {name}", room.now())
    back = safe_next(request.state.form.get("next", "/"))
    if not is_htmx(request):
        return RedirectResponse(back, status_code=303)
    toast = Toast(text=f"{before} is always called {name} now. The rule stands under Sources.")
    body = entry_piece(request, campaign, key, back) + render("toasts.html", toast=toast)
    return HTMLResponse(body, headers={"HX-Trigger": "desk-changed"})


@router.post("/c/{slug}/undo")
@needs(Role.EDITOR)
def undo(request: Request, slug: str, decision: Text = "", next: Text = "/") -> Response:
    """Take back a decision; without a number, the person's own newest that still counts."""
    campaign = campaign_of(request, slug)
    room = room_of(request)
    number = int(decision) if decision.isdecimal() and len(decision) < 16 else own_newest(request, slug)
    taken = desk.undo(room.store, number, signature(request), room.judges)
    return answer(request, campaign, taken, safe_next(next), None)


def campaign_of(request: Request, slug: str) -> Campaign:
    """The campaign of the address. Raises UnknownSubject."""
    with room_of(request).store.reading() as c:
        return campaigns.get(c, slug)


def signature(request: Request, note: str = "", versions: Mapping[str, int] | None = None) -> Signature:
    """Who acts, when, and what they saw."""
    return Signature(
        by=person_of(request).name, at=room_of(request).now(), note=note.strip()[:500], seen=versions or {}
    )


def seen(form: Mapping[str, str], keys: Sequence[str]) -> dict[str, int]:
    """The version of the entry that the page showed, where the form is about one entry."""
    version = form.get("version", "")
    return {keys[0]: int(version)} if len(keys) == 1 and version.isdecimal() and len(version) < 16 else {}


def plain_verdict(word: str) -> Verdict:
    """The verdict of a button. Raises Unusable."""
    if word in (Verdict.ACCEPT, Verdict.REJECT, Verdict.LATER, Verdict.STAR):
        return Verdict(word)
    raise Unusable(f"{word!r} is nothing that can be decided here")


def matching_keys(request: Request, campaign: Campaign, query: str) -> list[str]:
    """The articles of all entries that match a search. one more than is allowed at most."""
    view = view_of(filters_of(query), size=desk.MOST_AT_ONCE + 1)
    found = desk.entries(room_of(request).store, campaign.slug, view)
    return [entry.article.key for entry in found]


def take_star_off(request: Request, campaign: Campaign, keys: Sequence[str], signed: Signature) -> Decision:
    """Undo the newest star on these entries that still counts. Raises Unusable where there is none."""
    room = room_of(request)
    members = {
        member.article_key
        for key in keys
        for member in desk.entry(room.store, campaign.slug, key).story.members
    }
    with room.store.reading() as c:
        gone = decisions.undone_ids(c)
        stars = [
            each
            for each in decisions.about(c, members)
            if each.verdict is Verdict.STAR and each.campaign == campaign.slug and each.id not in gone
        ]
    if not stars:
        raise Conflict("there is no star any more; look again")
    return desk.undo(room.store, stars[-1].id, signed, room.judges)


def own_newest(request: Request, slug: str) -> int:
    """The number of the person's newest decision that still counts. Raises UnknownSubject."""
    store = room_of(request).store
    with store.reading() as c:
        gone = decisions.undone_ids(c)
    mine = [each for each in desk.history(store, slug) if each.by == person_of(request).name]
    for each in mine:
        if each.verdict is not Verdict.UNDO and each.id not in gone:
            return each.id
    raise UnknownSubject("There is nothing of yours left to take back; older acts are in the history.")


def changed_fields(form: Mapping[str, str], entry: Entry) -> dict[str, str]:
    """What a form wants otherwise than the entry shows it now."""
    now = {
        "headline": entry.headline,
        "outlet": entry.outlet,
        "date": entry.day.isoformat() if entry.day else "",
        "link": entry.link or entry.article.canonical_url or entry.article.url,
        "note": entry.note,
    }
    wanted = {name: form[name].strip() for name in now if name in form}
    return {name: value for name, value in wanted.items() if value != " ".join(now[name].split())}


def filters_of(address: str) -> Filters:
    """The search that an address or a query string holds."""
    query = urlsplit(address).query if address.startswith("/") else address
    return from_query(dict(parse_qsl(query)))


def answer(request: Request, campaign: Campaign, taken: Decision, back: str, key: str | None) -> Response:
    """After a decision: the entry as it is now, tabs and toast for the script; the page itself for others."""
    if not is_htmx(request):
        return RedirectResponse(with_query(back, done=str(taken.id)), status_code=303)
    toast = toast_for(request, campaign, taken, back)
    parts = [render("toasts.html", toast=toast)]
    if urlsplit(back).path.endswith("/desk"):
        parts.append(tabs_piece(request, campaign, filters_of(back)))
    headers = {}
    if key:
        parts.insert(0, entry_piece(request, campaign, key, back))
    else:
        headers["HX-Trigger"] = "desk-changed"
    return HTMLResponse("".join(parts), headers=headers)


def entry_piece(request: Request, campaign: Campaign, key: str, back: str, wanted: str = "") -> str:
    """The entry as it is now; nothing where it is not what is `wanted`, which is what the page shows."""
    room = room_of(request)
    found = desk.with_kin(room.store, [desk.entry(room.store, campaign.slug, key)])
    (entry,) = notices.noted(room.store, found, room.judges)
    status = filters_of(back).status
    if (wanted or status) not in (ALL, entry.status):
        return ""
    return piece(request, "entry.html", campaign, entry=entry, shown_status=status, here=back)


def unchanged(request: Request, campaign: Campaign, key: str, back: str) -> Response:
    """A form that changed nothing."""
    if not is_htmx(request):
        return RedirectResponse(back, status_code=303)
    toast = Toast(text="Nothing was changed.")
    return HTMLResponse(entry_piece(request, campaign, key, back) + render("toasts.html", toast=toast))


def with_query(address: str, **values: str) -> str:
    """The address with these values in its query string."""
    parts = urlsplit(address)
    kept = [(key, value) for key, value in parse_qsl(parts.query) if key not in values]
    return f"{parts.path}?{urlencode([*kept, *values.items()])}"
