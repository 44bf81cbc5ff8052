"""The ways in: login, logout, invitation, and the files of the pages."""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse

from aggregator.errors import Conflict
from aggregator.review import assets, people
from aggregator.review.cookies import give_session, session_token, take_session
from aggregator.review.guard import safe_next
from aggregator.review.people import NotLetIn
from aggregator.review.rendering import page, room_of
from aggregator.review.roles import Role, needs

router = APIRouter()

Text = Annotated[str, Form()]


@router.get("/static/{digest}/{name:path}")
@needs(Role.ANYBODY)
def asset(digest: str, name: str) -> Response:
    """One of the files that pages name; its address changes with it, so it may be kept for ever."""
    try:
        content = assets.content(name)
    except KeyError as error:
        raise HTTPException(404) from error
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(content, media_type=assets.media_type(name), headers=kept)


@router.get("/healthz")
@needs(Role.ANYBODY)
def healthy(request: Request) -> Response:
    """Whether the page and its database answer."""
    with room_of(request).store.reading():
        return PlainTextResponse("ok\n")


@router.get("/login")
@needs(Role.ANYBODY)
def show_login(request: Request, next: str = "/") -> Response:
    """Name and password."""
    return page(request, "login.html", next=safe_next(next), name="", trouble="")


@router.post("/login")
@needs(Role.ANYBODY)
def log_in(request: Request, name: Text = "", password: Text = "", next: Text = "/") -> Response:
    """A new session, or why not."""
    room = room_of(request)
    address = request.client.host if request.client else ""
    try:
        token = people.log_in(room.store, name, password, address, room.now())
    except NotLetIn as error:
        return page(request, "login.html", status=403, next=safe_next(next), name=name, trouble=str(error))
    return give_session(request, RedirectResponse(safe_next(next), status_code=303), token)


@router.post("/logout")
@needs(Role.VIEWER)
def log_out(request: Request) -> Response:
    """The session is over."""
    people.log_out(room_of(request).store, session_token(request))
    return take_session(request, RedirectResponse("/login", status_code=303))


@router.get("/welcome")
@needs(Role.ANYBODY)
def show_welcome(request: Request, token: str = "") -> Response:
    """What an invitation leads to."""
    room = room_of(request)
    role = people.invited_role(room.store, token, room.now())
    status = 200 if role else 403
    return page(request, "welcome.html", status=status, token=token, role=role, name="", trouble="")


@router.post("/welcome")
@needs(Role.ANYBODY)
def welcome(request: Request, token: Text = "", name: Text = "", password: Text = "") -> Response:
    """A new user, made by an invitation."""
    room = room_of(request)
    try:
        session = people.welcome(room.store, token, name, password, room.now())
    except (NotLetIn, Conflict) as error:
        role = people.invited_role(room.store, token, room.now())
        return page(
            request, "welcome.html", status=422, token=token, role=role, name=name, trouble=str(error)
        )
    return give_session(request, RedirectResponse("/", status_code=303), session)
