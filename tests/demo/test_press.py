"""The press over real sockets."""

import gzip
import http.client
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from demo import behaviours
from demo.press import Press
from demo.sites import Answer, Site, html, plain, redirect, refusal
from tests.demo.conftest import Fetch

CHANGED = datetime(2017, 3, 28, 12, 30, 15, tzinfo=UTC)
LONG = "<html><body>" + "<p>A paragraph about the ferry.</p>" * 50 + "</body></html>"


def herald() -> Site:
    site = Site("herald.example", robots="User-agent: *\nDisallow: /private/\n")
    site.put("/", html(LONG, changed_at=CHANGED))
    return site


def test_one_proxy_answers_for_many_hosts(fetch: Fetch) -> None:
    courier = Site("courier.example")
    courier.put("/", html("courier"))
    with Press([herald(), courier]).serving() as press:
        assert b"ferry" in fetch(press, "http://herald.example/").body
        assert fetch(press, "http://courier.example/").body == b"courier"
        assert fetch(press, "http://courier.example/none").status == 404


def test_an_unknown_host_gets_502_and_stands_in_the_canary_log(fetch: Fetch) -> None:
    with Press([herald()]).serving() as press:
        assert fetch(press, "http://elsewhere.example/x?y=1").status == 502
        assert [visit.url for visit in press.canary] == ["http://elsewhere.example/x?y=1"]
        assert fetch(press, "http://herald.example/").status == 200
        assert len(press.canary) == 1 and len(press.log) == 2


def test_a_site_is_reached_by_its_aliases_too(fetch: Fetch) -> None:
    site = Site("herald.example", aliases=["www.herald.example"])
    site.put("/", html("here"))
    with Press([site]).serving() as press:
        assert fetch(press, "http://www.herald.example/").body == b"here"
        assert press.sites == (site,)


def test_robots_txt_is_per_host_and_404_where_a_site_has_none(fetch: Fetch) -> None:
    with Press([herald(), Site("courier.example")]).serving() as press:
        assert b"Disallow: /private/" in fetch(press, "http://herald.example/robots.txt").body
        assert fetch(press, "http://courier.example/robots.txt").status == 404


def test_an_etag_brings_304_without_a_body(fetch: Fetch) -> None:
    with Press([herald()]).serving() as press:
        first = fetch(press, "http://herald.example/")
        known = f'"x", W/{first.headers["ETag"]}'
        again = fetch(press, "http://herald.example/", headers={"If-None-Match": known})
        other = fetch(press, "http://herald.example/", headers={"If-None-Match": '"x"'})
    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert other.status == 200


def test_last_modified_brings_304_unless_it_is_older(fetch: Fetch) -> None:
    with Press([herald()]).serving() as press:
        first = fetch(press, "http://herald.example/")
        same = fetch(
            press, "http://herald.example/", headers={"If-Modified-Since": first.headers["Last-Modified"]}
        )
        older = {"If-Modified-Since": "Tue, 28 Mar 2017 12:30:14 GMT"}
        garbled = {"If-Modified-Since": "last Tuesday"}
        assert first.headers["Last-Modified"] == "Tue, 28 Mar 2017 12:30:15 GMT"
        assert same.status == 304
        assert fetch(press, "http://herald.example/", headers=older).status == 200
        assert fetch(press, "http://herald.example/", headers=garbled).status == 200


def test_a_changed_page_is_sent_again(fetch: Fetch) -> None:
    site = herald()
    with Press([site]).serving() as press:
        tag = fetch(press, "http://herald.example/").headers["ETag"]
        site.put("/", html("new words"))
        assert fetch(press, "http://herald.example/", headers={"If-None-Match": tag}).body == b"new words"


@pytest.mark.parametrize(("accepted", "packed"), [("gzip, br", True), ("br", False), ("gzip;q=0", False)])
def test_gzip_only_where_it_is_accepted(fetch: Fetch, accepted: str, packed: bool) -> None:
    with Press([herald()]).serving() as press:
        got = fetch(press, "http://herald.example/", headers={"Accept-Encoding": accepted})
    assert (got.headers["Content-Encoding"] == "gzip") is packed
    assert (gzip.decompress(got.body) if packed else got.body) == LONG.encode()


def test_head_tells_the_length_and_sends_no_body(fetch: Fetch) -> None:
    with Press([herald()]).serving() as press:
        got = fetch(press, "http://herald.example/", method="HEAD")
    assert (got.status, got.body, got.headers["Content-Length"]) == (200, b"", str(len(LONG)))


@pytest.mark.parametrize("status", [401, 403, 410, 429, 500, 503])
def test_refusals_keep_their_status(fetch: Fetch, status: int) -> None:
    site = herald()
    site.put("/no", refusal(status, retry_after=120))
    with Press([site]).serving() as press:
        got = fetch(press, "http://herald.example/no")
    assert (got.status, got.headers["Retry-After"]) == (status, "120")


def test_redirects_and_other_methods(fetch: Fetch) -> None:
    site = herald()
    site.put("/old", redirect("/new", 302))
    with Press([site]).serving() as press:
        got = fetch(press, "http://herald.example/old")
        assert (got.status, got.headers["Location"]) == (302, "/new")
        assert fetch(press, "http://herald.example/", method="POST").status == 405


def test_unknown_query_parameters_do_not_hide_a_page_and_known_ones_choose_it(fetch: Fetch) -> None:
    site = herald()
    site.put("/story?id=7", html("seven"))
    with Press([site]).serving() as press:
        assert b"ferry" in fetch(press, "http://herald.example/?utm_source=feed").body
        assert fetch(press, "http://herald.example/story?id=7").body == b"seven"
        assert fetch(press, "http://herald.example/story?id=8").status == 404


def test_an_answer_may_depend_on_the_request(fetch: Fetch) -> None:
    site = Site("herald.example")
    site.put("/", lambda request: plain(request.header("user-agent") or "nobody"))
    with Press([site]).serving() as press:
        assert fetch(press, "http://herald.example/", headers={"User-Agent": "Guest/1"}).body == b"Guest/1"


def test_the_log_keeps_one_record_a_request(fetch: Fetch) -> None:
    with Press([herald()]).serving() as press:
        before = time.monotonic()
        fetch(press, "http://herald.example/robots.txt?a=b", headers={"User-Agent": "Guest/1"})
        visit = press.log.visits("herald.example")[0]
    assert before <= visit.started <= visit.ended <= time.monotonic()
    assert (visit.method, visit.path, visit.status) == ("GET", "/robots.txt?a=b", 200)
    assert visit.header("user-agent") == "Guest/1" and visit.sent == len(
        "User-agent: *\nDisallow: /private/\n"
    )


def test_two_workers_with_kept_alive_connections_lose_nothing() -> None:
    with Press([herald()]).serving() as press:
        address = urlsplit(press.proxy_url).netloc

        def read_many(count: int) -> int:
            connection = http.client.HTTPConnection(address, timeout=20)
            for number in range(count):
                connection.request("GET", f"http://herald.example/?n={number}")
                assert connection.getresponse().read() == LONG.encode()
            connection.close()
            return count

        with ThreadPoolExecutor(2) as workers:
            assert sum(workers.map(read_many, [1000, 1000])) == 2000
        assert len({visit.path for visit in press.log}) == 1000 and len(press.log) == 2000


def test_connect_is_refused_and_logged() -> None:
    with Press([herald()]).serving() as press:
        with socket.create_connection(("127.0.0.1", int(press.proxy_url.rpartition(":")[2]))) as client:
            client.sendall(b"CONNECT herald.example:443 HTTP/1.1\r\nHost: herald.example:443\r\n\r\n")
            assert client.makefile("rb").readline().startswith(b"HTTP/1.1 501")
        assert [(visit.method, visit.host) for visit in press.log] == [("CONNECT", "herald.example")]


def read_some(press: Press, path: str, count: int) -> bytes:
    connection = http.client.HTTPConnection(urlsplit(press.proxy_url).netloc, timeout=20)
    connection.request("GET", f"http://herald.example{path}")
    some = connection.getresponse().read(count)
    connection.close()
    return some


def hostile(answer: Answer) -> Press:
    site = Site("herald.example")
    site.put("/", answer)
    return Press([site])


def test_an_endless_body_ends_with_the_client() -> None:
    with hostile(behaviours.endless()).serving() as press:
        assert len(read_some(press, "/", 3_000_000)) == 3_000_000
        deadline = time.monotonic() + 10
        while not len(press.log) and time.monotonic() < deadline:
            pass
        assert press.log.visits()[0].cut


def test_leaving_the_block_ends_streams_and_waits() -> None:
    press = hostile(behaviours.trickling(b"abc", pause_seconds=3600))
    with press.serving():
        assert read_some(press, "/", 1) == b"a"
        started = time.monotonic()
    assert time.monotonic() - started < 5
    with hostile(behaviours.hanging()).serving() as press, pytest.raises(TimeoutError):
        read_whole(press, patience=0.2)


def test_a_trickle_arrives_whole_in_the_end(fetch: Fetch) -> None:
    with hostile(behaviours.trickling(b"slow and steady", pause_seconds=0.001)).serving() as press:
        assert fetch(press, "http://herald.example/").body == b"slow and steady"


def test_a_gzip_bomb_is_small_on_the_wire(fetch: Fetch) -> None:
    with hostile(behaviours.gzip_bomb(50_000_000)).serving() as press:
        got = fetch(press, "http://herald.example/")
    assert len(got.body) < 100_000 and len(gzip.decompress(got.body)) == 50_000_000


def test_a_broken_promise_of_length_is_seen_by_the_client() -> None:
    with (
        hostile(behaviours.cut_short(b"half", 8)).serving() as press,
        pytest.raises(http.client.IncompleteRead),
    ):
        read_whole(press)


def read_whole(press: Press, patience: float = 20) -> bytes:
    connection = http.client.HTTPConnection(urlsplit(press.proxy_url).netloc, timeout=patience)
    connection.request("GET", "http://herald.example/")
    with closing(connection):
        return connection.getresponse().read()


def test_a_big_header_and_a_false_gzip_go_out_as_they_are(fetch: Fetch) -> None:
    with hostile(behaviours.big_header(16)).serving() as press:
        assert len(fetch(press, "http://herald.example/").headers["X-Padding"]) == 16 * 1024
    with hostile(behaviours.broken_gzip()).serving() as press:
        got = fetch(press, "http://herald.example/", headers={"Accept-Encoding": "gzip"})
    assert got.headers["Content-Encoding"] == "gzip"
    with pytest.raises(gzip.BadGzipFile):
        gzip.decompress(got.body)


def test_a_kept_alive_connection_ends_with_the_press() -> None:
    with herald_on_air() as connection:
        pass
    with pytest.raises((ConnectionError, http.client.RemoteDisconnected)):
        ask(connection)
    connection.close()


@contextmanager
def herald_on_air() -> Iterator[http.client.HTTPConnection]:
    with Press([herald()]).serving() as press:
        connection = http.client.HTTPConnection(urlsplit(press.proxy_url).netloc, timeout=20)
        connection.auto_open = 0
        connection.connect()
        assert ask(connection) == 200
        yield connection


def ask(connection: http.client.HTTPConnection) -> int:
    connection.request("GET", "http://herald.example/")
    answer = connection.getresponse()
    answer.read()
    return answer.status


def test_the_address_is_only_known_while_the_press_runs() -> None:
    press = Press()
    with pytest.raises(RuntimeError, match="not running"):
        press.proxy_url  # noqa: B018
