"""Hostile headlines, outlets, links and notes: inert in every format, and still the same text."""

import csv
import dataclasses
import io
import json
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from aggregator.exports import formats, render
from aggregator.exports.inert import encodable, one_line, web_link, xml_text
from aggregator.exports.markdown import escaped
from tests.aggregator.exports.listings import one

PAYLOADS = [
    "<script>window.__x=1</script>",
    "</script><script>window.__x=1</script>",
    "</title></style></textarea><svg onload=window.__x=1>",
    '"><img src=x onerror="window.__x=1">',
    "' autofocus onfocus='window.__x=1",
    "]]><script>1</script><![CDATA[",
    "<!-- --><!--><script>1</script>-->",
    "&lt;script&gt; &amp;amp; &#x3c;b&#62; &copy &notit;",
    "{{ 7*7 }} {% include 'page.css' %} ${7*7}",
    '=HYPERLINK("https://evil.example","x")',
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "＝1＋1",
    "\t=1",
    "\r\n=1",
    "null \x00 bell \x07 escape \x1b[31m delete \x7f next \x85",
    "lone \ud800 and \udfff surrogates",
    "not characters \ufffe \uffff \U0001ffff",
    "rtl \u202e override \u2066 isolate \u200f mark",
    "line \u2028 paragraph \u2029 separators",
    "zero \u200b width \ufeff mark",
    "[x](javascript:alert(1)) ![y](https://evil.example/p.png) <https://evil.example>",
    "1. one\n2. two\n- three\n# four\n> five\n```\nsix",
    "***\n===\n---",
    "back\\slash \\` tick ` `` ~~~ | pipe | _under_ *star* **bold** #SeekingSanctuary #",
    "العربية עברית 中文 हिन्दी 👩‍👩‍👧 é",
    "a" * 40_000,
]
LINKS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>1</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example/",
    "https:evil.example",
    "https://",
    'https://a.example/" onmouseover="x',
    "https://a.example/\\evil",
    "https://[::1",
    "https://a.example/\x00",
    "",
]
# Every text Python can hold, lone surrogates and control characters among it.
ANY_TEXT = st.text(st.characters(), max_size=60)
BODY_TAGS = {"section", "h1", "h2", "p", "ul", "li", "span", "a", "br", "bdi", "time"}
PAGE_TAGS = BODY_TAGS | {"html", "head", "meta", "title", "style", "body", "main"}
HTML_ATTRIBUTES = {"class", "lang", "dir", "href", "rel", "datetime", "charset", "name", "content"}
SCHEMES = ("javascript", "vbscript", "data:", "file:", "evil", "onmouse")


def hostile(*payloads: str) -> "pytest.MarkDecorator":
    return pytest.mark.parametrize("text", payloads, ids=range(len(payloads)))


def first_text(page: LexborHTMLParser, selector: str) -> str:
    """The text of the first element that the selector finds; there must be one."""
    found = page.css_first(selector)
    assert found is not None, selector
    return found.text()


def _check_html(text: str, name: str) -> None:
    page = LexborHTMLParser(render(one(headline=text, outlet=text, note=text), name).decode())
    expected = xml_text(text)
    assert first_text(page, ".itn-outlet") == expected
    assert first_text(page, ".itn-headline a") == expected
    assert {node.tag for node in page.css("*")} <= PAGE_TAGS
    assert {key for node in page.css("*") for key in node.attributes} <= HTML_ATTRIBUTES


def _check_json(text: str) -> None:
    body = render(one(headline=text, outlet=text, note=text), "jsonfeed")
    assert json.loads(body)["items"][0]["title"] == encodable(text)
    assert not {b"<", b">", b"&"} & {body[i : i + 1] for i in range(len(body))}
    linked = json.loads(render(one(headline=text, outlet=text), "jsonld"))
    assert linked["itemListElement"][0]["item"]["headline"] == encodable(text)


def _check_xml(text: str) -> None:
    listing = one(headline=text, outlet=text, note=text)
    strict = etree.XMLParser(resolve_entities=False, huge_tree=True)
    rss = etree.fromstring(render(listing, "rss"), strict)
    atom = etree.fromstring(render(listing, "atom"), strict)
    assert rss.findtext(".//item/title", "") == xml_text(text)
    assert atom.findtext(".//{*}entry/{*}title", "") == xml_text(text)
    # A feed reader takes the description for HTML: it must hold no element either.
    described = LexborHTMLParser(rss.findtext(".//item/description", ""))
    assert {node.tag for node in described.css("*")} <= {"html", "head", "body"}


def _check_csv(text: str) -> None:
    body = render(one(headline=text, outlet=text, note=text), "csv").decode()
    header, row = list(csv.reader(io.StringIO(body, newline="")))
    for cell in row:
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert row[header.index("outlet")] in (encodable(text), "'" + encodable(text))


def _check_xlsx(text: str) -> None:
    book = zipfile.ZipFile(io.BytesIO(render(one(headline=text, outlet=text, note=text), "xlsx")))
    sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert not sheet.findall(".//{*}f")
    assert {cell.get("t") for cell in sheet.findall(".//{*}c")} <= {"s", None}


def _check_markdown(text: str) -> None:
    source = render(one(headline=f"A{text}Z", outlet=f"A{text}Z"), "markdown").decode()
    page = LexborHTMLParser(MarkdownIt("commonmark").render(source))
    assert {node.tag for node in page.css("body *")} <= {"h1", "ul", "li", "a", "br"}
    assert first_text(page, "li a") == one_line(f"A{text}Z")
    assert first_text(page, "h1") == one_line(f"A{text}Z")


@hostile(*PAYLOADS)
@pytest.mark.parametrize("name", ["html", "fragment"])
def test_html_shows_a_payload_as_text(text: str, name: str) -> None:
    _check_html(text, name)


@hostile(*PAYLOADS)
def test_json_xml_and_spreadsheets_carry_a_payload_as_text(text: str) -> None:
    _check_json(text)
    _check_xml(text)
    _check_csv(text)
    _check_xlsx(text)
    _check_markdown(text)


@settings(max_examples=150, deadline=None)
@given(ANY_TEXT)
@example("\r")
def test_any_text_is_inert_and_whole_in_every_format(text: str) -> None:
    _check_html(text or "x", "fragment")
    _check_json(text or "x")
    _check_xml(text)
    _check_csv(text)
    _check_markdown(text)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ab 01.)-+=#>*_`~[]()<>!&;:\\|\n\t\"'/"), max_size=25))
def test_markdown_at_the_start_of_a_line_stays_text(text: str) -> None:
    page = LexborHTMLParser(MarkdownIt("commonmark").render(escaped(text)))
    assert page.body is not None
    assert page.body.text().strip() == one_line(text).strip()
    assert {node.tag for node in page.css("body *")} <= {"p"}


@hostile(*LINKS)
@pytest.mark.parametrize("name", sorted(set(formats()) - {"csv", "xlsx", "text", "text-page"}))
def test_only_plain_web_links_become_links(text: str, name: str) -> None:
    body = render(one(url=text), name).decode()
    assert web_link(text) is None
    assert "A Blueprint" in body
    assert not any(scheme in body.lower() for scheme in SCHEMES)


@settings(max_examples=200, deadline=None)
@given(
    st.text(st.sampled_from("htps:/.@\\?#&=<>\"' \n\tjavscrip%ab"), max_size=30).map(
        "https://a.example/".__add__
    )
)
def test_a_web_link_survives_markdown_and_html(url: str) -> None:
    link = web_link(url)
    page = LexborHTMLParser(render(one(url=url), "fragment").decode())
    found = page.css_first("li a")
    assert (found.attributes["href"] if found else None) == link
    shown = LexborHTMLParser(MarkdownIt("commonmark").render(render(one(url=url), "markdown").decode()))
    assert len(shown.css("li a")) == (1 if link else 0)
    assert {node.tag for node in shown.css("body *")} <= {"h1", "ul", "li", "a", "br"}


def test_a_language_that_is_no_tag_is_left_out() -> None:
    listing = one()
    bad = dataclasses.replace(listing.items[0], language='en" onclick="x')
    body = render(dataclasses.replace(listing, items=(bad,)), "fragment")
    assert b"lang=" not in body and b"onclick" not in body
