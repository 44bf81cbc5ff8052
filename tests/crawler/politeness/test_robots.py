"""robots.txt by RFC 9309, through the gate: what each answer allows."""

import pytest

from crawler.records import FindOutcome, PollOutcome
from crawler.sweep import run_sweep
from tests.crawler.loopback import Answer, Web
from tests.crawler.notebook import Notebook
from tests.crawler.sweeping import order, rss, source

RULES = b"""
User-agent: OtherBot
Disallow: /

User-agent: inthenews
Allow: /feed
Allow: /*/open$
Disallow: /story/

User-agent: *
Disallow: /
"""

RULED = "http://rules.example/robots.txt"
CASES = {
    "none": (Answer(status=404), PollOutcome.NEW),
    "forbidden": (Answer(status=403), PollOutcome.NEW),
    "gone": (Answer(status=410), PollOutcome.NEW),
    "empty": (Answer(), PollOutcome.NEW),
    "ours": (Answer(body=RULES), PollOutcome.NEW),
    "bom": (Answer(body=b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n"), PollOutcome.BLOCKED),
    "html": (Answer(body=b"<!doctype html><html><body>Not found</body></html>"), PollOutcome.NEW),
    "versioned": (Answer(body=b"User-agent: InTheNews/0.1\nDisallow: /\n"), PollOutcome.BLOCKED),
    "long": (Answer(body=b"#" * 600_000 + b"\nUser-agent: *\nDisallow: /\n"), PollOutcome.NEW),
    "moved": (
        Answer(status=301, headers={"Location": "http://rules.example/robots.txt"}),
        PollOutcome.BLOCKED,
    ),
    "loop": (Answer(status=302, headers={"Location": "http://loop.example/robots.txt"}), PollOutcome.LATER),
    "broken": (Answer(status=500), PollOutcome.LATER),
    "busy": (Answer(status=503, headers={"Retry-After": "120"}), PollOutcome.LATER),
    "hurried": (Answer(status=429), PollOutcome.LATER),
    "slow": (Answer(seconds=4.0), PollOutcome.LATER),
    "cut": (
        Answer(write=lambda out: out.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab")),
        PollOutcome.FAILED,
    ),
}


def test_each_answer_means_what_the_rfc_says(web: Web, notebook: Notebook) -> None:
    for name, (answer, _) in CASES.items():
        web.put(f"http://{name}.example/robots.txt", answer)
        web.put(f"http://{name}.example/feed", rss((name, f"http://{name}.example/story/1")))
    web.put(RULED, b"User-agent: *\nDisallow: /\n", "text/plain")
    run_sweep(
        order(
            web, [source(f"http://{name}.example/feed") for name in CASES], manners={"request_seconds": 2.0}
        ),
        notebook,
    )
    outcomes = {poll.source.url.split("/")[2].split(".")[0]: poll.outcome for poll in notebook.polls}
    assert outcomes == {name: outcome for name, (_, outcome) in CASES.items()}
    asked = {line.host.split(".")[0] for line in web.log if line.path == "/feed"}
    assert asked == {name for name, (_, outcome) in CASES.items() if outcome == PollOutcome.NEW}


@pytest.mark.parametrize(
    ("path", "outcome"), [("story/1", FindOutcome.BLOCKED), ("story/2/open", FindOutcome.GONE)]
)
def test_our_own_group_and_the_longest_rule_count(
    path: str, outcome: FindOutcome, web: Web, notebook: Notebook
) -> None:
    web.put("http://daily.example/robots.txt", RULES, "text/plain")
    web.put("http://daily.example/feed", rss(("One", f"http://daily.example/{path}")))
    run_sweep(order(web, [source("http://daily.example/feed")]), notebook)
    assert [find.outcome for find in notebook.finds] == [outcome]
