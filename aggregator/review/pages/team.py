"""People: who may use the desk and as what, invitations, the audit; and each person's own page."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from aggregator.errors import Unusable
from aggregator.review import keys, people
from aggregator.review.cookies import give_session
from aggregator.review.filters import from_query
from aggregator.review.pages.deciding import filters_of
from aggregator.review.people import NotLetIn
from aggregator.review.rendering import THEMES, Toast, page, person_of, room_of
from aggregator.review.roles import BY_WORD, Role, needs, role_named
from aggregator.store import people as store

router = APIRouter()

Text = Annotated[str, Form()]


@router.get("/people")
@needs(Role.ADMIN)
def show_people(request: Request) -> Response:
    """Everybody, and what was done that is no decision."""
    return people_page(request)


def people_page(request: Request, invitation: str = "") -> Response:
    """The page of people; an invitation is shown once, when it is made."""
    with room_of(request).store.reading() as c:
        users, audit = store.every(c), store.noted(c)
    return page(request, "people.html", users=users, audit=audit, roles=list(BY_WORD), invitation=invitation)


@router.post("/people/invite")
@needs(Role.ADMIN)
def invite(request: Request, role: Text) -> Response:
    """A link for somebody new."""
    room = room_of(request)
    token = people.invite(room.store, role_named(role), person_of(request).name, room.now())
    return people_page(request, f"{request.url.scheme}://{request.url.netloc}/welcome?token={token}")


@router.post("/people/role")
@needs(Role.ADMIN)
def set_role(request: Request, name: Text, role: Text) -> Response:
    """Another role for somebody."""
    room = room_of(request)
    people.set_role(room.store, name, role_named(role), person_of(request).name, room.now())
    return RedirectResponse("/people", status_code=303)


@router.post("/people/remove")
@needs(Role.ADMIN)
def remove(request: Request, name: Text) -> Response:
    """Takes somebody away."""
    room = room_of(request)
    people.remove(room.store, name, person_of(request).name, room.now())
    return RedirectResponse("/people", status_code=303)


@router.get("/self")
@needs(Role.VIEWER)
def show_self(request: Request) -> Response:
    """What a person sets for themselves."""
    return self_page(request, {})


def self_page(request: Request, typed: dict[str, str], trouble: str = "", done: str = "") -> Response:
    """The person's own page, with what they typed where it cannot be used."""
    person = person_of(request)
    own = person.preferences.get("keys", {})
    rows = [{"key": key, "value": typed.get(key.act, own.get(key.act, ""))} for key in keys.EVERY]
    return page(
        request,
        "self.html",
        status=422 if trouble else 200,
        keys=rows,
        keys_off=bool(person.preferences.get("keys_off")),
        themes=THEMES,
        trouble=trouble,
        toast=Toast(text=done) if done else None,
    )


@router.post("/self/colours")
@needs(Role.VIEWER)
def set_colours(request: Request, theme: Text) -> Response:
    """Light, dark, or as the system has it."""
    return set_preferences(request, "Colours are set.", theme=theme if theme in THEMES else "auto")


@router.post("/self/keys")
@needs(Role.VIEWER)
def set_keys(request: Request) -> Response:
    """Other keys, or none."""
    form = request.state.form
    own, trouble = keys.read(form)
    if trouble:
        typed = {key.act: form.get(f"key-{key.act}", "") for key in keys.EVERY}
        return self_page(request, typed, trouble)
    return set_preferences(request, "Keys are set.", keys=own, keys_off=form.get("keys_off") == "yes")


def set_preferences(request: Request, done: str, **values: Any) -> Response:
    """Keeps what a person set, and shows it."""
    person = person_of(request)
    preferences = person.preferences | values
    with room_of(request).store.writing(durable=True) as c:
        store.change(c, person.name, preferences=preferences)
    request.state.person = replace(person, preferences=preferences)
    return self_page(request, {}, done=done)


@router.post("/self/password")
@needs(Role.VIEWER)
def set_password(request: Request, old: Text = "", new: Text = "") -> Response:
    """A new password; all other sessions end, this one goes on under a new token."""
    room, name = room_of(request), person_of(request).name
    address = request.client.host if request.client else ""
    try:
        people.check_password(new)
        people.log_in(room.store, name, old, address, room.now())
        people.set_password(room.store, name, new, name, room.now())
    except NotLetIn as error:
        return self_page(request, {}, str(error))
    token = people.log_in(room.store, name, new, address, room.now())
    return give_session(request, RedirectResponse("/self", status_code=303), token)


@router.post("/views")
@needs(Role.EDITOR)
def save_view(request: Request, campaign: Text, name: Text, query: Text = "") -> Response:
    """Keeps a search of the desk under a name; without a search, forgets the name."""
    name = " ".join(name.split())[:60]
    if not name:
        raise Unusable("Give the view a name.")
    with room_of(request).store.writing(durable=True) as c:
        if query:
            store.save_view(c, campaign, name, filters_of(query).query(), person_of(request).name)
        else:
            store.forget_view(c, campaign, name)
    target = filters_of(query) if query else from_query({})
    return RedirectResponse(target.href(campaign), status_code=303)
