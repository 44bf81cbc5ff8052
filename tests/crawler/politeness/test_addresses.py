from ipaddress import ip_address

import pytest

from crawler.errors import Refused
from crawler.politeness.addresses import check_url, read_networks, why_not_public

INSIDE = """
0.0.0.0      0.1.2.3      10.0.0.1      100.64.0.1      100.127.255.255      127.0.0.1
127.255.255.254      169.254.169.254      172.16.0.1      172.31.255.255      192.0.0.8
192.0.2.1      192.168.1.1      198.18.0.1      198.19.255.255      198.51.100.7      203.0.113.9
224.0.0.1      239.255.255.255      240.0.0.1      255.255.255.255      ::      ::1      ::7f00:1
::ffff:127.0.0.1      ::ffff:10.0.0.1      ::ffff:0:127.0.0.1      ::ffff:100.64.0.1
64:ff9b::7f00:1      64:ff9b::a00:1      64:ff9b:1::1      100::1      2001::1      2001:db8::1
2002:7f00:1::      2002:a00:1::      3fff::1      5f00::1      fc00::1      fd12:3456::1
fe80::1      fec0::1      ff02::1
""".split()  # noqa: SIM905

OUTSIDE = """
8.8.8.8      1.1.1.1      93.184.216.34      100.63.255.255      100.128.0.1      172.15.255.255
172.32.0.1      192.0.1.1      198.17.255.255      198.20.0.1      223.255.255.255
2606:4700:4700::1111      2a00:1450:4001::1      2400:cb00::1      ::ffff:8.8.8.8
64:ff9b::808:808      2001:4860:4860::8888      2620:fe::fe      11.0.0.1      9.255.255.255
""".split()  # noqa: SIM905


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_that_is_not_public_is_told(address: str) -> None:
    assert why_not_public(ip_address(address))


@pytest.mark.parametrize("address", OUTSIDE)
def test_a_public_address_is_let_through(address: str) -> None:
    assert why_not_public(ip_address(address)) is None


def test_an_intranet_outlet_may_be_allowed() -> None:
    allowed = read_networks(["10.1.0.0/16"])
    assert why_not_public(ip_address("10.1.2.3"), allowed) is None
    assert why_not_public(ip_address("::ffff:10.1.2.3"), allowed) is None
    assert why_not_public(ip_address("10.2.0.1"), allowed)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.1/",
        "http://017700000001/",
        "http://127.0.0.1./",
        "http://１２７.０.０.１/",
        "http://127。0。0。1/",
        "http://[::1]/",
        "http://[::ffff:7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[fe80::1%25eth0]/",
        "http://localhost/",
        "http://printer.local/",
        "http://metadata.google.internal/",
        "http://user@8.8.8.8/",
        "http://daily.example@127.0.0.1/",
        "http://daily.example\\@127.0.0.1/",
        "http://127.0.0.1\\.daily.example/",
        "http://daily.example /",
        "http://daily.example\t/",
        "http://daily.example:99999/",
        "http://1.2.3.4.5/",
        "http://256.256.256.256/",
        "http://1.2.3.0x/x\n",
        "http:///path",
        "file:///etc/passwd",
        "ftp://daily.example/",
        "data:text/html,x",
        "gopher://127.0.0.1:70/",
        "javascript:alert(1)",
        "//daily.example/",
        "daily.example",
        "",
    ],
)
def test_an_address_that_must_not_be_asked_is_refused(url: str) -> None:
    with pytest.raises(Refused):
        check_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://daily.example/",
        "http://daily.example:8080/a?b=c#d",
        "https://8.8.8.8/",
        "https://[2606:4700:4700::1111]/",
        "https://localhost.daily.example/",
        "https://bücher.example/",
        "https://daily.example/%20path",
        "https://3.daily.example/",
        "https://localnews.example/local",
    ],
)
def test_an_outlets_address_is_let_through(url: str) -> None:
    check_url(url)
