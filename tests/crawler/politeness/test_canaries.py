# ruff: noqa: E501 - hostile addresses, a family a line
"""Servers inside that nobody may reach: every way we know to ask for them, through the real gate."""

import socket
import socketserver
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from ipaddress import IPv4Address, ip_address
from typing import Any

from crawler.records import SourceKind
from crawler.sweep import run_sweep
from tests.crawler.loopback import Answer, Web
from tests.crawler.notebook import Notebook
from tests.crawler.sweeping import order, source

# The "public" server of these tests stands here; the allow-list lets it through, and nothing beside it.
PUBLIC = "127.0.0.3"
CANARIES = ("127.0.0.1", "127.0.0.2", "::1")
BLOCKS = """
0.0.0.0      0.0.0.1      10.0.0.1      10.255.255.255      100.64.0.1      100.127.255.254
127.0.0.1      127.0.0.2      127.255.255.254      169.254.169.254      169.254.170.2
172.16.0.1      172.31.255.254      192.0.0.1      192.0.0.192      192.0.2.1      192.88.99.1
192.168.0.1      192.168.255.254      198.18.0.1      198.51.100.1      203.0.113.1      224.0.0.1
239.255.255.250      240.0.0.1      255.255.255.255      ::1      ::      ::ffff:127.0.0.1
::127.0.0.1      ::ffff:0:127.0.0.1      64:ff9b::127.0.0.1      64:ff9b:1::127.0.0.1
2002:7f00:1::      2001:0:7f00:1::1      fc00::1      fd00:ec2::254      fe80::1      fec0::1
ff02::1      100::1      2001:db8::1      3fff::1      5f00::1      ::ffff:169.254.169.254
64:ff9b::10.0.0.1      2002:a00:1::
""".split()  # noqa: SIM905


@contextmanager
def canary(address: str, port: int, hits: list[str]) -> Iterator[int]:
    """A server that notes every connection, even one that never says a word."""

    class Noting(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            hits.append(f"{address} from {self.client_address[0]}")

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        address_family = socket.AF_INET6 if ":" in address else socket.AF_INET

    with Server((address, port), Noting) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@dataclass
class Names:
    """A resolver with answers of our own; a name with several gives them one after the other."""

    answers: dict[str, list[Sequence[str]]] = field(default_factory=dict)

    def __call__(self, host: str, port: Any, *_: Any, **__: Any) -> list[Any]:
        try:
            return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        except socket.gaierror:
            known = self.answers.get(host)
        if not known:
            # What the system would make of 0x7f.1, 127.1 and the like: the worst case.
            return socket.getaddrinfo(str(IPv4Address(socket.inet_aton(host))), port, type=socket.SOCK_STREAM)
        now = known.pop(0) if len(known) > 1 else known[0]
        return [
            answer for address in now for answer in socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)
        ]


def spell(address: str) -> Iterator[str]:
    """Ways to write an IPv4 address as a host."""
    number = int(IPv4Address(address))
    a, b, c, d = address.split(".")
    yield from (address, f"{address}.", str(number), hex(number), f"0{number:o}", f"0X{number:X}")
    yield from (f"{a}.{int(b) << 16 | int(c) << 8 | int(d)}", f"{a}.{b}.{int(c) << 8 | int(d)}")
    yield ".".join(hex(int(part)) for part in (a, b, c, d))
    yield ".".join(f"0{int(part):o}" for part in (a, b, c, d))
    yield ".".join(f"{int(part):04o}" for part in (a, b, c, d))
    yield f"{hex(int(a))}.{b}.0{int(c):o}.{d}"
    yield address.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    yield address.translate(str.maketrans("0123456789", "①①②③④⑤⑥⑦⑧⑨")) if "0" not in address else address
    yield from (address.replace(".", "。"), address.replace(".", "．"), address.replace(".", "｡"))
    yield "".join(f"%{ord(letter):02x}" for letter in address)
    yield from (f"[::ffff:{address}]", f"[::{address}]", f"[64:ff9b::{address}]", f"[::ffff:0:{address}]")
    yield from (
        f"[::ffff:{number >> 16:x}:{number & 0xFFFF:x}]",
        f"[2002:{number >> 16:x}:{number & 0xFFFF:x}::]",
    )
    yield from (
        f"user@{address}",
        f"user:word@{address}",
        f"daily.example@{address}",
        f"{address}%00.daily.example",
    )


def direct(port: int) -> list[str]:
    """Addresses that lead inside by their own text."""
    urls = [
        f"http://{host}:{port}/{number}"
        for address in ("127.0.0.1", "127.0.0.2", "169.254.169.254", "10.1.2.3")
        for number, host in enumerate(spell(address))
    ]
    urls += [f"http://{f'[{block}]' if ':' in block else block}:{port}/" for block in BLOCKS]
    urls += [
        f"http://{tail}"
        for tail in (
            f"localhost:{port}/", f"LOCALHOST:{port}/", f"localhost.:{port}/", f"x.localhost:{port}/",
            f"[::1]:{port}/", f"[0:0:0:0:0:0:0:1]:{port}/", f"[0000::0001]:{port}/", f"[::1%25lo]:{port}/",
            f"0:{port}/", f"127.1:{port}/", f"daily.example\\@127.0.0.1:{port}/", f"127.0.0.1:{port}\\@daily.example/",
            f"127.0.0.1:{port}#@daily.example/", f"127.0.0.1:{port}?@daily.example/", f"daily.example#@127.0.0.1:{port}/",
            f"127.0.0.1\t:{port}/", f"127.0.0.1 :{port}/", f"127.0.0.1\r\nHost: x:{port}/", f"@127.0.0.1:{port}/",
            f":@127.0.0.1:{port}/", f"daily.example%40127.0.0.1:{port}/", f"127.0.0.1%2f@daily.example:{port}/",
        )
    ]  # fmt: skip
    others = (
        "file:///etc/hostname",
        "ftp://127.0.0.1/",
        "data:text/xml,<rss/>",
        "gopher://127.0.0.1/",
        "s3://x/y",
    )
    return [*dict.fromkeys(urls), *others]


def behind_names(names: Names, port: int) -> list[str]:
    """Names that lead inside: at once, beside a public address, or at the second look-up."""
    urls = []
    for number, block in enumerate(BLOCKS):
        for kind, answers in {
            "plain": [[block]],
            "several": [[block, "127.0.0.2", "::1"]],
            "rebinding": [[PUBLIC], [block]],
            "later": [[PUBLIC], [PUBLIC], ["127.0.0.1"], [block]],
        }.items():
            host = f"{kind}{number}.example"
            names.answers[host] = list(answers)
            urls.append(f"http://{host}:{port}/{kind}")
    return urls


def test_no_connection_reaches_a_canary(notebook: Notebook) -> None:
    hits: list[str] = []
    names = Names()
    with ExitStack() as stack:
        web = stack.enter_context(Web().serving(PUBLIC))
        for address in CANARIES:
            stack.enter_context(canary(address, web.port, hits))
        inside = direct(web.port)
        named = behind_names(names, web.port)
        hopping = []
        for number, target in enumerate([*inside, *(url for url in named if url.endswith("plain"))]):
            host, status = f"hop{number}.example:{web.port}", (301, 302, 303, 307, 308)[number % 5]
            location = target.encode("utf-8").decode("latin-1").replace("\r", "").replace("\n", "")
            web.put(f"http://{host}/", Answer(status=status, headers={"Location": location}))
            names.answers[host.partition(":")[0]] = [[PUBLIC]]
            hopping.append(f"http://{host}/")
        for url in named:
            # Until the second look-up the name is public, and its server hangs up after each answer.
            web.put(url, Answer(status=302, headers={"Location": f"{url}?again", "Connection": "close"}))
        cases = [*inside, *named, *hopping]
        manners = {"allowed_networks": (f"{PUBLIC}/32",), "request_seconds": 5.0}
        report = run_sweep(
            order(None, [source(url, SourceKind.FEED) for url in cases], look_up=names, manners=manners),
            notebook,
        )
        reached = [line for line in web.log if line.path != "/robots.txt"]
    assert report.ended == "done", report.broken
    assert len(cases) >= 400
    assert hits == []
    assert len(reached) >= len(hopping), "the redirects were really asked for"
    assert report.counts["sources"] == len(cases)
    assert "poll: new" not in report.counts and "poll: unchanged" not in report.counts
    assert all(trouble.words for trouble in report.troubles)


def test_the_canaries_do_sing_when_the_gate_lets_somebody_through(notebook: Notebook) -> None:
    hits: list[str] = []
    with canary("127.0.0.1", 0, hits) as port:
        names = Names({"inside.example": [["127.0.0.1"]]})
        manners = {"allowed_networks": ("127.0.0.1/32",), "request_seconds": 2.0}
        urls = [f"http://inside.example:{port}/feed", f"http://127.0.0.1:{port}/feed"]
        run_sweep(order(None, [source(url) for url in urls], look_up=names, manners=manners), notebook)
    assert len(hits) == 2


class Unknown(Names):
    """A resolver that knows nobody."""

    def __call__(self, host: str, port: Any, *_: Any, **__: Any) -> list[Any]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def test_a_name_that_does_not_resolve_is_not_called_blocked(notebook: Notebook) -> None:
    urls = [f"http://nobody{number}.example/feed" for number in range(5)]
    report = run_sweep(order(None, [source(url) for url in urls], look_up=Unknown()), notebook)
    assert len(report.troubles) == 5
    assert all("not known (DNS)" in trouble.words for trouble in report.troubles)


def test_the_blocks_are_what_they_are_meant_to_be() -> None:
    assert len({ip_address(block) for block in BLOCKS}) == len(BLOCKS)
