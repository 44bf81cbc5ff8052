"""Logins, sessions, invitations: who gets in, for how long, and how guessing is slowed down."""

from datetime import timedelta
from random import Random
from string import ascii_letters

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from aggregator.review import people
from aggregator.review.opening import NotOpened, check_address, first_link
from aggregator.review.people import NotLetIn
from aggregator.review.roles import Role
from aggregator.store.people_tables import login_failures
from aggregator.store.session import Store
from tests.aggregator.review.conftest import client_of
from tests.aggregator.review.morning import NOW, PASSWORD, Morning, add_person

HOME = "192.0.2.7"


def log_in(morning: Morning, password: str = PASSWORD, name: str = "Ana", address: str = HOME) -> str:
    """Ana's login at the time of the clock."""
    return people.log_in(morning.room.store, name, password, address, morning.room.now())


def test_a_login_gives_a_session_and_another_one_each_time(morning: Morning) -> None:
    first, second = log_in(morning), log_in(morning)
    assert first != second
    found = people.person_of(morning.room.store, first, morning.room.now())
    assert found and found.name == "Ana" and found.role is Role.EDITOR


def test_wrong_name_and_wrong_password_are_told_apart_by_nobody(morning: Morning) -> None:
    with pytest.raises(NotLetIn) as wrong_password:
        log_in(morning, "a wrong password")
    with pytest.raises(NotLetIn) as wrong_name:
        log_in(morning, name="Nobody")
    assert str(wrong_password.value) == str(wrong_name.value)


def test_ten_failures_slow_an_account_down_but_never_for_good(morning: Morning) -> None:
    for number in range(10):
        with pytest.raises(NotLetIn, match="do not fit"):
            log_in(morning, f"guess number {number}", address=f"192.0.2.{number}")
    with pytest.raises(NotLetIn, match="Too many"):
        log_in(morning)
    morning.clock.at += timedelta(minutes=16)
    assert log_in(morning)


def test_a_name_that_nobody_can_have_is_refused_and_hardly_kept(store: Store) -> None:
    endless = "".join(Random(1).choices(ascii_letters, k=100_000))
    with pytest.raises(NotLetIn, match="do not fit"):
        people.log_in(store, endless, PASSWORD, HOME, NOW)
    with store.reading() as c:
        [kept] = c.scalars(select(login_failures.c.account))
    assert len(kept) == people.LONGEST_NAME + 1


def test_an_address_that_tries_many_names_is_slowed_down(morning: Morning) -> None:
    for number in range(30):
        with pytest.raises(NotLetIn, match="do not fit"):
            log_in(morning, "x" * 12, name=f"Name {number}")
    with pytest.raises(NotLetIn, match="Too many"):
        log_in(morning)
    assert log_in(morning, address="198.51.100.1")


def test_a_session_ends_when_idle_and_at_the_latest_after_thirty_days(morning: Morning) -> None:
    store, token = morning.room.store, log_in(morning)
    assert people.person_of(store, token, NOW + timedelta(hours=11))
    assert not people.person_of(store, token, NOW + timedelta(hours=24))
    token, at = log_in(morning), NOW
    while at < NOW + timedelta(days=30):
        assert people.person_of(store, token, at)
        at += timedelta(hours=10)
    assert not people.person_of(store, token, NOW + timedelta(days=30, minutes=1))


def test_only_digests_and_argon2_hashes_are_kept(morning: Morning) -> None:
    token = log_in(morning)
    content = b"".join(path.read_bytes() for path in morning.room.store.file.parent.iterdir())
    assert token.encode() not in content and PASSWORD.encode() not in content
    assert b"$argon2id$" in content


def test_another_role_or_password_ends_all_sessions(morning: Morning) -> None:
    store, token = morning.room.store, log_in(morning)
    people.set_role(store, "Ana", Role.VIEWER, "Bo", NOW)
    assert not people.person_of(store, token, NOW)
    token = log_in(morning)
    people.set_password(store, "Ana", "quite another password", "Ana", NOW)
    assert not people.person_of(store, token, NOW)
    assert log_in(morning, "quite another password")


def test_an_invitation_works_once_and_not_for_ever(morning: Morning) -> None:
    store = morning.room.store
    token = people.invite(store, Role.VIEWER, "Bo", NOW)
    with pytest.raises(NotLetIn, match="too old"):
        people.welcome(store, token, "Late", PASSWORD, NOW + timedelta(days=3))
    with pytest.raises(NotLetIn, match="12 characters"):
        people.welcome(store, token, "Short", "short", NOW)
    people.welcome(store, token, "Vera", PASSWORD, NOW)
    with pytest.raises(NotLetIn, match="used"):
        people.welcome(store, token, "Second", PASSWORD, NOW)


def test_the_last_admin_stays(morning: Morning, admin: TestClient) -> None:
    assert admin.post("/people/remove", data={"name": "Bo"}).status_code == 409
    assert admin.post("/people/role", data={"name": "Bo", "role": "viewer"}).status_code == 409
    add_person(morning.room, "Cleo", Role.ADMIN)
    assert admin.post("/people/remove", data={"name": "Bo"}, follow_redirects=False).status_code == 303


def test_an_admin_invites_and_sees_what_was_done(morning: Morning, admin: TestClient) -> None:
    page = admin.post("/people/invite", data={"role": "viewer"}).text
    token = page.partition("/welcome?token=")[2].partition('"')[0]
    guest = client_of(morning, None)
    assert "invited as viewer" in guest.get(f"/welcome?token={token}").text
    guest.post("/welcome", data={"token": token, "name": "Vera", "password": PASSWORD})
    seen = admin.get("/people").text
    assert "joined as viewer" in seen and "invited a new viewer" in seen and token not in seen


def test_the_login_page_leads_on_to_where_one_wanted_to_go(morning: Morning) -> None:
    guest = client_of(morning, None)
    asked = guest.get("/runs?x=1", follow_redirects=False).headers["location"]
    assert asked == "/login?next=%2Fruns%3Fx%3D1"
    form = {"name": "Ana", "password": PASSWORD, "next": "/runs?x=1"}
    answer = guest.post("/login", data=form, follow_redirects=False)
    assert answer.headers["location"] == "/runs?x=1"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Secure" not in cookie
    safe = TestClient(morning.app, base_url="https://desk.example").post(
        "/login", data=form, follow_redirects=False
    )
    assert safe.headers["set-cookie"].startswith("__Host-") and "Secure" in safe.headers["set-cookie"]


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil", "x"]
)
def test_the_login_page_leads_nowhere_else(morning: Morning, target: str) -> None:
    form = {"name": "Ana", "password": PASSWORD, "next": target}
    answer = client_of(morning, None).post("/login", data=form, follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_preferences_are_kept_and_bad_keys_explained(client: TestClient) -> None:
    assert 'data-theme="dark"' in client.post("/self/colours", data={"theme": "dark"}).text
    page = client.post("/self/keys", data={"key-accept": "r"})
    assert page.status_code == 422 and "would mean both" in page.text
    client.post("/self/keys", data={"key-accept": "z"})
    assert "&#34;z&#34;: &#34;accept&#34;" in client.get("/c/sanctuary/desk").text
    client.post("/self/keys", data={"keys_off": "yes"})
    assert 'data-keys="{}"' in client.get("/c/sanctuary/desk").text


def test_a_desk_that_others_can_reach_needs_a_user_first(desk_store: Store) -> None:
    check_address(desk_store, "127.0.0.1")
    check_address(desk_store, "::1")
    check_address(desk_store, "localhost")
    for host in ("0.0.0.0", "::", "192.0.2.1", "desk.example"):
        with pytest.raises(NotOpened, match="first admin"):
            check_address(desk_store, host)
    link = first_link(desk_store, "http://127.0.0.1:8080/", NOW)
    assert link and link.startswith("http://127.0.0.1:8080/welcome?token=")
    people.welcome(desk_store, link.partition("token=")[2], "Grace", PASSWORD, NOW)
    check_address(desk_store, "0.0.0.0")
    assert first_link(desk_store, "http://127.0.0.1:8080/", NOW) is None
