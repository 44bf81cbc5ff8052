"""Puts the review desk together: pages found by name, the gate before each, errors in words."""

import importlib
import pkgutil
from urllib.parse import quote

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from aggregator.errors import AggregatorError, Conflict, StoreAway, UnknownSubject
from aggregator.review import pages
from aggregator.review.cookies import session_token
from aggregator.review.guard import Guard, is_callback
from aggregator.review.people import person_of
from aggregator.review.rendering import Toast, is_htmx, page, page_of, render, room_of
from aggregator.review.roles import Role, needed_role
from aggregator.review.room import Room

STATUS_OF = {UnknownSubject: 404, Conflict: 409, StoreAway: 503}


class GoTo(Exception):
    """Somebody has to log in first."""


def make_app(room: Room) -> FastAPI:
    """The review desk on what it is given.

    Raises RuntimeError for a route that does not say which role it needs.
    """
    app = FastAPI(
        title="In the News",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(gate), Depends(keep_form)],
    )
    app.state.room = room
    app.add_middleware(Guard)
    for router in find_routers():
        app.include_router(router)
    app.add_exception_handler(GoTo, go_to_login)
    app.add_exception_handler(AggregatorError, tell_trouble)
    app.add_exception_handler(HTTPException, tell_http_trouble)
    return app


def find_routers() -> list[APIRouter]:
    """The routers of all pages. Raises RuntimeError for a route that does not say which role it needs."""
    names = [f"{pages.__name__}.{module.name}" for module in pkgutil.iter_modules(pages.__path__)]
    routers: list[APIRouter] = [importlib.import_module(name).router for name in names]
    for route in (route for router in routers for route in router.routes):
        if not isinstance(route, APIRoute) or needed_role(route.endpoint) is None:
            raise RuntimeError(f"{getattr(route, 'path', route)}: say with @needs(...) who may use it")
    return routers


def gate(request: Request) -> None:
    """Stands before every route: finds out who asks, and lets in only who may."""
    room = room_of(request)
    route = request.scope["route"]
    needed = needed_role(route.endpoint)
    if needed is None:
        raise HTTPException(403)
    request.state.person = None
    if needed is Role.ANYBODY:
        return
    request.state.person = person_of(room.store, session_token(request), room.now())
    if request.state.person is None:
        raise GoTo
    if request.state.person.role < needed:
        raise HTTPException(403, f"This needs an {needed.word}; you are a {request.state.person.role.word}.")


async def keep_form(request: Request) -> None:
    """The form's single values, for pages that do not know all fields beforehand."""
    if request.method == "POST" and not is_callback(request.url.path):
        form = await request.form()
        request.state.form = {key: value for key, value in form.items() if isinstance(value, str)}
        request.state.subjects = [value for value in form.getlist("subjects") if isinstance(value, str)]


def go_to_login(request: Request, _error: Exception) -> Response:
    """To the login, and from there back to where somebody wanted to go.

    A page that the script holds is not left: what was typed there is still to be saved.
    """
    login = f"/login?next={quote(page_of(request), safe='')}"
    if is_htmx(request):
        toast = Toast(text="You are logged out. What you typed is still here:", trouble=True, login=login)
        return toast_answer(toast, 401)
    if request.method in ("GET", "HEAD"):
        return RedirectResponse(login, status_code=303)
    request.state.person = None
    words = "You were logged out, and what you just sent is not saved. Log in, and do it once more."
    return page(request, "login.html", status=401, next=page_of(request), name="", trouble=words)


def tell_trouble(request: Request, error: Exception) -> Response:
    """What went wrong, in the words of the one who raised it."""
    status = next((code for kind, code in STATUS_OF.items() if isinstance(error, kind)), 422)
    return trouble_answer(request, str(error), status)


def tell_http_trouble(request: Request, error: Exception) -> Response:
    """A page that is not there, or not for this person."""
    assert isinstance(error, HTTPException)
    words = {403: "You may not do this.", 404: "There is no such page.", 405: "This cannot be done here."}
    told = error.detail if error.status_code == 403 and " " in error.detail else ""
    return trouble_answer(request, told or words.get(error.status_code, error.detail), error.status_code)


def trouble_answer(request: Request, words: str, status: int) -> Response:
    """Trouble as a toast for the script, as a page for everybody else."""
    if is_htmx(request):
        return toast_answer(Toast(text=words, trouble=True), status)
    if status == 503:
        return PlainTextResponse(words, status_code=status)
    if not hasattr(request.state, "person"):  # an address without a route comes by no gate
        room = room_of(request)
        request.state.person = person_of(room.store, session_token(request), room.now())
    return page(request, "trouble.html", status=status, words=words, back=page_of(request))


def toast_answer(toast: Toast, status: int) -> Response:
    """Nothing but a toast; where somebody else was first, the script also looks what they did."""
    changed = {"HX-Trigger": "desk-changed"} if status == 409 else {}
    body = render("toasts.html", toast=toast)
    return HTMLResponse(body, status_code=status, headers={"HX-Reswap": "none", **changed})
