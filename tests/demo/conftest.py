"""A client that goes through the press as any program with a proxy setting does."""

import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from email.message import Message
from typing import NamedTuple

import pytest

from demo.press import Press


class Got(NamedTuple):
    """What the client received, before any decompression."""

    status: int
    headers: Message
    body: bytes


Fetch = Callable[..., Got]


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


def fetch(
    press: Press,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    method: str = "GET",
    timeout: float = 20,
) -> Got:
    """Asks the press for a URL; error statuses and redirects are answers, not exceptions."""
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({"http": press.proxy_url}), _NoRedirects()
    )
    request = urllib.request.Request(url, headers=dict(headers or {}), method=method)
    try:
        with opener.open(request, timeout=20) as answer:
            return Got(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as refused:
        with refused:
            return Got(refused.code, refused.headers, refused.read())


@pytest.fixture(name="fetch")
def _fetch() -> Fetch:
    return fetch
