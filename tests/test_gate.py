"""There is one door to the web: nothing outside `crawler/politeness` may open a connection."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
GATE = HOUSE / "crawler" / "politeness"
CLIENTS = {
    "aiohttp", "anyio", "ftplib", "http.client", "httpcore", "httpx", "imap_tools", "imaplib", "playwright",
    "poplib", "pycurl", "requests", "scrapy_playwright", "smtplib", "socket", "ssl", "telnetlib",
    "twisted.web", "urllib.request", "urllib3", "websockets", "xmlrpc.client",
}  # fmt: skip
FETCHING = {"trafilatura.downloads", "feedparser.http", "courlan.network", "htmldate.utils"}
# Mail to the team leaves by its own mail server; nothing is fetched there.
OUTBOX = HOUSE / "aggregator" / "delivery" / "mail.py"
FILES = [
    path
    for room in ("crawler", "aggregator")
    for path in sorted((HOUSE / room).rglob("*.py"))
    if not path.is_relative_to(GATE) and path != OUTBOX
]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def opens_a_door(path: Path) -> set[str]:
    named = set(imports(path))
    return {
        name
        for name in named
        for client in CLIENTS | FETCHING
        if name == client or name.startswith(f"{client}.")
    } | {name for name in named if name.endswith((".fetch_url", ".fetch_response", ".urlopen"))}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_no_http_client_is_built_outside_the_gate(path: Path) -> None:
    assert not opens_a_door(path), "ask through crawler/politeness instead"


def test_the_outbox_speaks_to_mail_servers_only() -> None:
    assert opens_a_door(OUTBOX) == {"smtplib", "ssl"}


def test_the_search_would_find_one(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    for line in (
        "import requests",
        "from urllib import request",
        "import http.client",
        "from trafilatura import fetch_url",
    ):
        wrong.write_text(line)
        assert opens_a_door(wrong), line
    wrong.write_text("from urllib.parse import urlsplit")
    assert not opens_a_door(wrong)
