"""`make docs`: the screenshots in `docs/`, in real Chromium, of the desk over the data of `make demo`."""

import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import uvicorn
from fastapi import FastAPI
from playwright.sync_api import BrowserContext, Page, sync_playwright

from aggregator.review import people
from aggregator.review.app import make_app
from aggregator.review.cookies import PLAIN
from aggregator.review.roles import Role
from aggregator.review.room import Room
from aggregator.runs import make_judges
from aggregator.store.session import Store
from crawler import outlets
from demo import __main__ as demo
from tests.browser import ARGUMENTS, ensure_chromium

SHOTS = Path(__file__).parent / "screenshots"
AT = f"/c/{demo.CAMPAIGN}"
# Name, address, keys to press first.
PAGES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("desk", f"{AT}/desk", ()),
    ("evidence", f"{AT}/desk", ("o",)),
    ("edit", f"{AT}/desk", ("e",)),
    ("keys", f"{AT}/desk", ("?",)),
    ("accepted", f"{AT}/desk?status=accepted", ()),
    ("list", f"{AT}/list", ()),
    ("coverage", f"{AT}/coverage", ()),
    ("history", f"{AT}/history", ()),
    ("add", f"{AT}/add", ()),
    ("campaign", f"{AT}/edit", ()),
    ("sources", "/sources", ()),
    ("runs", "/runs", ()),
    ("people", "/people", ()),
)
SCREENS: dict[str, dict[str, Any]] = {
    "": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "-dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "-narrow": {"viewport": {"width": 360, "height": 780}, "color_scheme": "light"},
}


def main() -> int:
    """Run the demo if nobody did, then take every picture."""
    if not (demo.DATA / "inthenews.sqlite3").exists() and (code := demo.run()):
        return code
    SHOTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        app, token = open_copy(Path(folder))
        browser = playwright.chromium.launch(executable_path=ensure_chromium(), args=list(ARGUMENTS))
        with serving(app) as url:
            for ending, screen in SCREENS.items():
                with browser.new_context(**screen) as context:
                    context.add_cookies([{"name": PLAIN, "value": token, "url": url}])
                    take_all(context, url, ending)
        browser.close()
    return 0


def open_copy(folder: Path) -> tuple[FastAPI, str]:
    """The desk on a copy of the demo's database, and the session of an admin called Ana."""
    copied = shutil.copy(demo.DATA / "inthenews.sqlite3", folder)
    store, now = Store.create(f"sqlite:///{copied}"), datetime.now(UTC)
    directory, _ = outlets.load(demo.CONFIG / "outlets")
    jobs: Any = SimpleNamespace()  # no picture asks for a job
    room = Room(
        store=store,
        judges=make_judges(directory),
        jobs=jobs,
        now=lambda: datetime.now(UTC),
        directory=directory,
    )
    invitation = people.invite(store, Role.ADMIN, people.FIRST_START, now)
    return make_app(room), people.welcome(store, invitation, "Ana", "four random words do well", now)


def take_all(context: BrowserContext, url: str, ending: str) -> None:
    """One picture a page."""
    for name, path, keys in PAGES:
        page = context.new_page()
        page.goto(url + path)
        for key in keys:
            page.keyboard.press(key)
        take(page, SHOTS / f"{name}{ending}.png")


def take(page: Page, path: Path) -> None:
    """What one sees without scrolling."""
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path)
    page.close()
    print(path, file=sys.stderr)


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The application on a free port of loopback; gives its address."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning"))
    socket = server.config.bind_socket()
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


if __name__ == "__main__":
    sys.exit(main())
