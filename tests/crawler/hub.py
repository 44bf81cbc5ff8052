"""A WebSub hub on the loopback web: takes subscriptions, verifies them, and distributes with signatures."""

import hashlib
import hmac
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

import httpx

from tests.crawler.loopback import Answer, Web


@dataclass
class Hub:
    """What a hub of the W3C Recommendation does; the test says how obliging it is."""

    url: str = "http://hub.example/"
    lease_seconds: int = 864_000
    verifies: bool = True
    refusal: Answer | None = None
    asked: list[dict[str, str]] = field(default_factory=list)
    verified: list[int] = field(default_factory=list)

    def join(self, web: Web) -> "Hub":
        """Be there on this web."""
        web.take(self.url, self.take)
        return self

    def take(self, body: bytes) -> Answer:
        """A subscription request; verified before it is answered, as some hubs do."""
        form = dict(parse_qsl(body.decode(), keep_blank_values=True))
        self.asked.append(form)
        if self.refusal:
            return self.refusal
        if self.verifies:
            self.verified.append(self.verify(form))
        return Answer(status=202)

    def verify(self, form: dict[str, str], challenge: str = "are-you-there", **changes: str) -> int:
        """Ask the callback whether it wants this; the status, or 0 where the challenge came back wrong."""
        told = {
            "hub.mode": form["hub.mode"],
            "hub.topic": form["hub.topic"],
            "hub.challenge": challenge,
            "hub.lease_seconds": str(self.lease_seconds),
        } | {f"hub.{name}": value for name, value in changes.items()}
        answer = httpx.get(form["hub.callback"], params=told)
        if answer.status_code == 200 and answer.text != challenge:
            return 0
        return answer.status_code

    def distribute(self, body: bytes, method: str = "sha256", secret: str | None = None) -> int:
        """Tell the newest subscriber of news; answers the status."""
        form = self.asked[-1]
        key = (form["hub.secret"] if secret is None else secret).encode()
        signature = f"{method}={hmac.new(key, body, getattr(hashlib, method)).hexdigest()}"
        headers = {"Content-Type": "application/atom+xml", "X-Hub-Signature": signature}
        return httpx.post(form["hub.callback"], content=body, headers=headers).status_code
