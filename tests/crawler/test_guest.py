"""A good guest, by the outlets' own log: 200 sources on 50 domains, some slow, some who ask for a pause."""

import functools
import itertools
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from crawler.records import PollState, Source
from crawler.sweep import run_sweep
from tests.crawler.loopback import Answer, Asked, Web
from tests.crawler.notebook import Notebook
from tests.crawler.sweeping import order, rss, source

PAUSE = 0.02
DOMAINS = [f"outlet{number}.example" for number in range(50)]
HOSTS = [f"{name}{domain}" for domain in DOMAINS for name in ("", "www.", "rss.", "m.")]
BUSY = set(DOMAINS[:10])  # ask for an hour's pause at their second feed
SLOW = set(DOMAINS[10:15])


def clock_ahead(hours: float) -> datetime:
    return datetime.now(UTC) + timedelta(hours=hours)


def answer_feed(host: str, domain: str, busy: dict[str, bool], headers: Mapping[str, str]) -> Answer:
    if domain in BUSY and busy.get(domain) and host.startswith("www."):
        return Answer(status=429, headers={"Retry-After": "3600"})
    if headers.get("if-none-match") == f'"{host}"':
        return Answer(status=304)
    body = rss((f"News of {host}", f"http://{host}/story"))
    seconds = 0.1 if domain in SLOW else 0.0
    return Answer(body=body, headers={"ETag": f'"{host}"', "Content-Type": "text/xml"}, seconds=seconds)


def put_outlets(web: Web, busy: dict[str, bool]) -> None:
    for host in HOSTS:
        domain = ".".join(host.split(".")[-2:])
        answer: Callable[[Mapping[str, str]], Answer] = functools.partial(answer_feed, host, domain, busy)
        web.put(f"http://{host}/feed", answer)
        web.put(f"http://{host}/story", Answer(body=b"<html><body>nothing</body></html>"))


def visits_by_domain(log: list[Asked]) -> dict[str, list[Asked]]:
    visits: dict[str, list[Asked]] = defaultdict(list)
    for line in sorted(log, key=lambda line: line.began):
        visits[".".join(line.host.split(".")[-2:])].append(line)
    return visits


def assert_manners(log: list[Asked]) -> None:
    for visits in visits_by_domain(log).values():
        for before, after in itertools.pairwise(visits):
            assert after.began >= before.answered, "two requests at once"
            assert after.began - before.answered >= PAUSE, "no pause between two requests"


def test_two_hundred_sources_are_asked_with_manners(web: Web, notebook: Notebook) -> None:
    busy: dict[str, bool] = {}
    put_outlets(web, busy)
    sources = [source(f"http://{host}/feed") for host in HOSTS]
    manners = {"pause": PAUSE}
    first = run_sweep(order(web, sources, manners=manners), notebook)
    assert first.counts["poll: new"] == 200
    assert_manners(web.log)

    web.log.clear()
    states = {poll.source.id: poll.state for poll in notebook.polls}
    known: list[tuple[Source, PollState]] = [(each, states[each.id]) for each in sources]
    second = run_sweep(order(web, known, manners=manners), notebook)
    feeds = [line for line in web.log if line.path == "/feed"]
    assert sum(line.status == 304 for line in feeds) >= 0.95 * len(feeds) == 190
    assert second.counts["poll: unchanged"] == 200
    assert_manners(web.log)

    # Ten domains ask for an hour; their other hosts are left alone in this sweep and in the next.
    busy.update(dict.fromkeys(BUSY, True))
    web.log.clear()
    run_sweep(order(web, known, manners=manners), notebook)
    for domain, visits in visits_by_domain(web.log).items():
        asked = [line.status for line in visits]
        assert 429 not in asked[:-1], f"{domain} was asked again after it asked for a pause"
    assert set(notebook.held()) == BUSY
    assert_manners(web.log)

    web.log.clear()
    run_sweep(order(web, known, manners=manners), notebook)
    assert not BUSY & set(visits_by_domain(web.log)), "early"

    busy.clear()
    web.log.clear()
    later = functools.partial(clock_ahead, 1.2)
    report = run_sweep(order(web, known, manners=manners, clock=later), notebook)
    assert report.counts["poll: unchanged"] == 200
