"""Every route with every role, and every way to come from another site: nothing is open by mistake."""

import re
import sqlite3

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from aggregator.review.app import find_routers
from aggregator.review.cookies import PLAIN
from aggregator.review.guard import HEADERS, POLICY, is_callback
from aggregator.review.roles import Role, needed_role
from tests.aggregator.review.conftest import client_of
from tests.aggregator.review.morning import Morning, add_person, add_session

ROUTES = [
    (method, route.path, needed_role(route.endpoint) or Role.ANYBODY)
    for router in find_routers()
    for route in router.routes
    if isinstance(route, APIRoute)
    for method in sorted(route.methods or ())
]
# Who needs what, written down once more by hand: a new route must be thought about here.
OPEN = {
    "/static/{digest}/{name:path}",
    "/healthz",
    "/login",
    "/welcome",
    "/websub/{token}",
    "/digest/{token}",
}
# Where machines post; these take any type of body, and know who posts by the address.
CALLBACKS = {"/websub/{token}"}
FOR_ADMINS = {"/people", "/people/invite", "/people/role", "/people/remove"}
FOR_VIEWERS_TO_CHANGE = {"/logout", "/self/colours", "/self/keys", "/self/password"}
# A form that asks and changes nothing.
FOR_VIEWERS_TO_ASK = {"/c/{slug}/proofread", "/c/{slug}/proofread/corrected"}
FOR_EDITORS_TO_SEE = {"/c/{slug}/add", "/campaigns/new", "/sources/discover"}


def address(path: str) -> str:
    """The route's address for the campaign of the tests."""
    path = path.replace("{slug}", "sanctuary").replace("{name:path}", "desk.css").replace("{digest}", "0")
    return path.replace("{name}", "html").replace("{token}", "nobody-knows-it")


def wanted(method: str, path: str) -> Role:
    """The role that a route must need."""
    if path in OPEN:
        return Role.ANYBODY
    if path in FOR_ADMINS:
        return Role.ADMIN
    if path in FOR_VIEWERS_TO_CHANGE | FOR_VIEWERS_TO_ASK:
        return Role.VIEWER
    return Role.EDITOR if method == "POST" or path in FOR_EDITORS_TO_SEE else Role.VIEWER


@pytest.mark.parametrize(("method", "path", "role"), ROUTES)
def test_each_route_needs_the_role_that_it_should(method: str, path: str, role: Role) -> None:
    assert role is wanted(method, path)
    assert method in ("GET", "POST")


@pytest.mark.parametrize("who", [None, Role.VIEWER, Role.EDITOR, Role.ADMIN])
def test_each_role_gets_in_where_it_may_and_nowhere_else(morning: Morning, who: Role | None) -> None:
    if who:
        add_person(morning.room, "Somebody", who)
    for method, path, needed in ROUTES:
        client = client_of(morning, add_session(morning.room, "Somebody") if who else None)
        answer = client.request(method, address(path), follow_redirects=False)
        if needed is Role.ANYBODY:
            assert answer.status_code not in (401, 500), path
        elif who is None:
            refused = answer.status_code == 401 or answer.headers["location"].startswith("/login?next=")
            assert refused, path
        elif who < needed:
            assert answer.status_code == 403, path
        else:
            assert answer.status_code not in (401, 403, 500), (path, answer.text)


CROSS = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://desk.example.evil.example", "sec-fetch-site": "same-origin"},
    {"content-type": "text/plain"},
    {"content-type": "application/json"},
]


@pytest.mark.parametrize("headers", CROSS)
def test_nothing_can_be_written_from_another_site(morning: Morning, headers: dict[str, str]) -> None:
    client = client_of(morning, add_person(morning.room, "Bo", Role.ADMIN))
    for method, path, _ in ROUTES:
        if method == "POST":
            answer = client.post(address(path), content=b'{"a": 1}', headers=headers)
            taken = path in CALLBACKS and headers.keys() == {"content-type"}
            assert answer.status_code == (404 if taken else 403), path


def test_a_body_that_does_not_say_how_long_it_is_gets_into_no_form(morning: Morning) -> None:
    client = client_of(morning, add_person(morning.room, "Bo", Role.ADMIN))
    form = {"content-type": "application/x-www-form-urlencoded"}
    for method, path, _ in ROUTES:
        if method == "POST":
            answer = client.post(address(path), content=iter([b"name=", b"Ana"]), headers=form)
            assert answer.status_code == (404 if path in CALLBACKS else 403), path


def test_only_callbacks_take_what_is_no_form() -> None:
    assert {path for _, path, _ in ROUTES if is_callback(path)} == CALLBACKS


def dump(morning: Morning) -> str:
    """All that is in the database; of the full-text table, which cannot be read, what lies behind it."""
    with sqlite3.connect(morning.room.store.file) as connection:
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return repr(
            {
                name: connection.execute(f'SELECT * FROM "{name}"').fetchall()
                for name in names
                if name != "words_found"
            }
        )


def test_reading_changes_nothing(morning: Morning, admin: TestClient) -> None:
    before = dump(morning)
    for method, path, _ in ROUTES:
        if method == "GET":
            admin.get(address(path), follow_redirects=False)
    assert before == dump(morning)


def test_every_answer_has_the_strict_headers(morning: Morning, admin: TestClient) -> None:
    for method, path, _ in ROUTES:
        answer = admin.request(method, address(path), follow_redirects=False)
        policy = answer.headers["content-security-policy"]
        assert policy == POLICY or ("sandbox" in policy and "script" not in policy), path
        assert "unsafe" not in POLICY
        own = {"Content-Security-Policy", "Cache-Control"}
        assert {name: answer.headers.get(name) for name in HEADERS.keys() - own} == {
            name: value for name, value in HEADERS.items() if name not in own
        }, path


def test_no_page_has_anything_inline(morning: Morning, admin: TestClient) -> None:
    for method, path, _ in ROUTES:
        if method != "GET" or "export" in path or "preview" in path or "static" in path:
            continue
        body = admin.get(address(path)).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", body), path


def test_a_stolen_or_closed_session_is_worth_nothing(morning: Morning) -> None:
    client = client_of(morning, morning.token)
    assert client.get("/sources").status_code == 200
    gone = client.post("/logout", follow_redirects=False).headers["set-cookie"]
    assert gone.startswith(f'{PLAIN}=""') and "Max-Age=0" in gone
    again = client_of(morning, morning.token)
    assert again.get("/sources", follow_redirects=False).status_code == 303
    forged = client_of(morning, morning.token[:-1] + "x")
    assert forged.get("/sources", follow_redirects=False).status_code == 303
