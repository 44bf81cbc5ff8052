"""What the tests of the review desk share: a store, a morning, clients, a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, sync_playwright

from aggregator.review.cookies import PLAIN
from aggregator.review.roles import Role
from aggregator.store.session import Store
from tests.aggregator.review.morning import Morning, add_person, open_morning
from tests.browser import ARGUMENTS, ensure_chromium


@pytest.fixture
def desk_store(tmp_path: Path) -> Iterator[Store]:
    """An empty database in a file."""
    store = Store.create(f"sqlite:///{tmp_path / 'desk.sqlite3'}")
    yield store
    store.close()


@pytest.fixture
def morning(desk_store: Store) -> Morning:
    """Seven pieces and one story with copies, waiting; Ana the editor is logged in."""
    return open_morning(desk_store)


@pytest.fixture
def client(morning: Morning) -> TestClient:
    """Ana's browser, without JavaScript."""
    return client_of(morning, morning.token)


def client_of(morning: Morning, token: str | None) -> TestClient:
    """A browser with this session."""
    cookies = {PLAIN: token} if token else {}
    return TestClient(
        morning.app, base_url="http://desk.example", cookies=cookies, raise_server_exceptions=True
    )


@pytest.fixture
def admin(morning: Morning) -> TestClient:
    """Bo's browser, who is an admin."""
    return client_of(morning, add_person(morning.room, "Bo", Role.ADMIN))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=ensure_chromium(), args=list(ARGUMENTS))
        yield launched
        launched.close()
