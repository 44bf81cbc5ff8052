"""`inthenews up` as a process of its own: it polls, a new article appears, and it waits at the desk."""

import os
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from aggregator import desk
from aggregator.records import Entry, Status
from aggregator.store.session import Store
from demo.newsroom import Newsroom
from demo.pieces import Piece
from demo.press import Press
from tests.whole.commands import DEMO

HOUSE = DEMO.parent.parent
CAMPAIGN = "seeking-sanctuary"
PATIENCE = 120.0

OUTLET = """
[nbc-news]
name = "NBC News"
domains = ["nbcnews.example"]
timezone = "America/New_York"
feeds = ["http://nbcnews.example/rss/latest.xml"]
every = "1 s"
"""
NEWS = Piece(
    path="/news/latino/thirty-cities-promise-to-meet-again-n739999",
    headline="Thirty cities promise to meet again in the fall",
    published=datetime.fromisoformat("2017-03-29T10:30:00-04:00"),
    body=(
        "NEW YORK — Officials who came to the Seeking Sanctuary convening said on Wednesday that they would "
        "meet again in the fall, in a city that is still to be chosen.",
        "“Nobody goes home from here alone,” said a council member from Oregon, who has drafted a rule for "
        "her county jail that eleven other places asked for before lunch.",
        "The convening was hosted by Local Progress, a network of local elected officials.",
    ),
)


class Running:
    """The process, and its words as they come."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.said: list[str] = []

    def wait_for(self, words: str) -> re.Match[str]:
        """Read on until a line holds these words; what it said so far is told where it never does."""
        alarm = threading.Timer(PATIENCE, self.process.kill)
        alarm.start()
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said.append(line)
            if found := re.search(words, line):
                alarm.cancel()
                return found
        raise AssertionError(f"it never said {words!r}, but:\n" + "".join(self.said))


@contextmanager
def running(press: Press, folder: Path) -> Iterator[Running]:
    config = folder / "config"
    (config / "outlets").mkdir(parents=True)
    (config / "outlets" / "nbc.toml").write_text(OUTLET, encoding="utf-8")
    settings = (DEMO / "settings.toml").read_text(encoding="utf-8").replace('tick = "2 s"', 'tick = "1 s"')
    (config / "settings.toml").write_text(settings, encoding="utf-8")
    (config / "campaigns").symlink_to(DEMO / "campaigns")
    environment = os.environ | {
        "INTHENEWS_PROXY": press.proxy_url,
        "INTHENEWS_DATABASE": f"sqlite:///{folder / 'news.sqlite3'}",
        "INTHENEWS_EXPORTS": str(folder / "exports"),
        "INTHENEWS_PORT": "0",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "aggregator.cli", "--config", str(config), "up"],
        cwd=HOUSE,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield Running(process)
    finally:
        process.kill()
        process.wait()
        assert process.stderr is not None
        process.stderr.close()


def waiting(folder: Path) -> list[Entry]:
    store = Store.open(f"sqlite:///{folder / 'news.sqlite3'}")
    found = desk.entries(store, CAMPAIGN, desk.View(status=Status.WAITING))
    store.close()
    return found


def test_a_new_article_waits_at_the_desk_without_anybody_doing_anything(press: Press, tmp_path: Path) -> None:
    newsroom = press.site("nbcnews.example")
    assert isinstance(newsroom, Newsroom)
    with running(press, tmp_path) as it:
        desk_at = it.wait_for(r"the desk is at (http://127\.0\.0\.1:\d+/)")[1]
        it.wait_for(r"sweep: .*\d+ articles")
        first = {entry.headline for entry in waiting(tmp_path)}
        assert "‘We Cannot Hide’: Sanctuary Cities Join Forces in First Meeting of Its Kind" in first
        newsroom.publish(NEWS)
        try:
            it.wait_for(r"sweep: .*1 new lead, 1 article")
        finally:
            newsroom.withdraw(NEWS.path)
        assert {entry.headline for entry in waiting(tmp_path)} - first == {NEWS.headline}
        with urllib.request.urlopen(desk_at, timeout=20) as answer:
            assert answer.status == 200
        it.process.send_signal(signal.SIGTERM)
        assert it.process.wait(PATIENCE) == 0
        published = [line for line in it.said if "publish:" in line]
        assert all("composed" in line for line in published), "a tick without news says nothing"
        assert not any("WARNING" in line for line in it.said if "still" in line or "skipped" in line)
    assert (tmp_path / "exports" / CAMPAIGN / "in-the-news.txt").read_bytes() == b""
