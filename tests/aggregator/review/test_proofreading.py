"""Proofreading at the desk: what is pasted or brought as a file is told line by line, and nothing changes."""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser

from aggregator import desk
from aggregator.exports.inert import xml_text
from aggregator.records import ListForm
from aggregator.review.guard import POLICY
from aggregator.review.proofs import LARGEST, MOST_LINES, read_sheet
from aggregator.review.roles import Role
from aggregator.store.entries import View
from aggregator.store.session import Store
from tests.aggregator.review.conftest import client_of
from tests.aggregator.review.morning import NOW, Morning, add_person, open_morning, serving
from tests.aggregator.review.test_accessible import examine
from tests.aggregator.review.test_browser import open_context, open_page
from tests.aggregator.review.test_hostile import TEXTS
from tests.aggregator.review.test_routes import dump

AT = "/c/sanctuary/proofread"
LINK = "https://outlet3.example/news/3"
PAGE = """City Leaders Met Yesterday in NYC to Strategise the Resistance
Next City, 3.29.2017

A Blueprint For Providing Sanctuary
Comon Dreams, 3.29.2017

Mayors dance all night at the harbour
Daily Planet, 3.28.2017
"""


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Morning]:
    """A desk on which all but one are accepted; nothing here changes it, so that one does for all."""
    store = Store.create(f"sqlite:///{tmp_path_factory.mktemp('read') / 'desk.sqlite3'}")
    made = open_morning(store)
    found = desk.entries(store, "sanctuary", View())
    keys = [each.article.key for each in found if "Blueprint" not in each.headline]
    desk.accept(store, "sanctuary", keys, desk.Signature(by="Ana", at=NOW))
    yield made
    store.close()


@pytest.fixture(scope="module")
def editor(read: Morning) -> TestClient:
    """Ana's browser."""
    return client_of(read, read.token)


@pytest.fixture(scope="module")
def viewer(read: Morning) -> TestClient:
    """The browser of somebody who may only look."""
    return client_of(read, add_person(read.room, "Vera", Role.VIEWER))


def test_a_viewer_sees_what_is_wrong_beside_each_line_and_nothing_is_changed(
    read: Morning, viewer: TestClient
) -> None:
    assert f'href="{AT}"' in viewer.get("/c/sanctuary/list").text
    before = dump(read)
    told = viewer.post(AT, data={"pasted": PAGE}).text
    assert dump(read) == before
    assert "3 of 3 lines to correct, 6 accepted entries missing. Nothing was decided or published." in told
    assert "typing error: “Strategise” for “Strategize”" in told
    assert "“Comon Dreams” is misspelt for Common Dreams" in told and "waits for a person" in told
    assert "it is not known here" in told and "Add it" not in told
    assert "/c/sanctuary/desk?status=accepted&amp;q=City%20Leaders" in told
    assert "A Blueprint For Providing Sanctuary\nCommon Dreams, 3." in told, "the corrected page"


@pytest.mark.parametrize(
    ("name", "content", "corrected", "kind"),
    [
        ("page.txt", PAGE, "A Blueprint For Providing Sanctuary\nCommon Dreams, 3.", "text/plain"),
        (
            "page.csv",
            "headline,outlet\nA Blueprint For Providing Sanctuary,Comon Dreams\n",
            "Common Dreams",
            "text/csv",
        ),
        (
            "page.html",
            f'<p><a href="{LINK}">A Blueprint</a></p><p>Comon Dreams</p>',
            "Common Dreams",
            "text/html",
        ),
    ],
)
def test_the_corrected_page_is_downloaded_in_its_own_form(
    viewer: TestClient, name: str, content: str, corrected: str, kind: str
) -> None:
    told = viewer.post(AT, files={"file": (name, content.encode())}).text
    hidden = re.search(r'name="content" value="([^"]+)"', told)
    assert hidden
    file = viewer.post(f"{AT}/corrected", data={"content": hidden[1]})
    assert file.status_code == 200 and corrected in file.text and "Comon" not in file.text
    assert file.headers["content-type"].startswith(kind)
    assert file.headers["content-disposition"].startswith('attachment; filename="sanctuary-corrected-')
    assert file.headers["x-content-type-options"] == "nosniff"
    assert file.headers["content-security-policy"] == POLICY


@pytest.mark.parametrize("content", ["", "no base64!", "eA==", "=" * 50])
def test_only_a_page_is_corrected(viewer: TestClient, content: str) -> None:
    assert viewer.post(f"{AT}/corrected", data={"content": content}).status_code == 422


def test_an_editor_is_led_to_where_the_article_can_be_added(editor: TestClient) -> None:
    link = (
        '<p><a href="https://planet.example/a/b">Mayors dance all night</a></p><p>Daily Planet, 3.28.2017</p>'
    )
    told = editor.post(AT, data={"pasted": link}).text
    assert '<a href="/c/sanctuary/add?url=https%3A//planet.example/a/b">Add it' in told


@pytest.mark.parametrize("name", ["html", "csv", "text"])
def test_an_export_brought_as_a_file_has_nothing_to_correct(viewer: TestClient, name: str) -> None:
    """With the carriers in its lines, as this campaign's form has them."""
    export = viewer.get(f"/c/sanctuary/export/{name}").content
    told = viewer.post(AT, files={"file": (f"page.{name}", export)}).text
    if name == "csv":
        assert "FOX61" not in told
    assert "7 lines, nothing to correct." in told


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "Paste the page, or choose a file"),
        (b"x" * (LARGEST + 1), "larger than 2 MiB"),
        ("é\nLe Monde, 3.4.2017".encode("latin-1"), "not UTF-8"),
        (b"Just some words", "No lines were found"),
        (b"headline,outlet\n,\n", "No lines were found"),
        (b"A headline\nNBC News, 3.28.2017\n\n" * (MOST_LINES + 1), "2000 can be read at once"),
    ],
)
def test_what_cannot_be_read_is_told(editor: TestClient, content: bytes, word: str) -> None:
    answer = editor.post(AT, files={"file": ("page.txt", content)})
    assert answer.status_code == 422 and word in answer.text


def test_rows_of_a_table_that_are_no_lines_are_told(editor: TestClient) -> None:
    table = b"Title;Publication;Published\nA Blueprint For Providing Sanctuary;Common Dreams;\n;WNYC;\n"
    told = editor.post(AT, files={"file": ("page.csv", table)}).text
    assert "Left out, row 3: A piece needs at least a headline and an outlet." in told


def test_the_campaigns_form_of_dates_says_which_number_is_the_month() -> None:
    page = b"A headline\nLe Monde, 3.4.2017"
    days = [
        read_sheet(page, replace(ListForm(), date=form)).lines[0].day for form in ("M.D.YYYY", "D.M.YYYY")
    ]
    assert [str(day) for day in days] == ["2017-03-04", "2017-04-03"]


def test_hostile_lines_run_nothing_and_read_as_written_and_the_page_is_readable_by_all(
    browser: Browser, read: Morning
) -> None:
    lines = [" ".join(xml_text(text).split()) for text in TEXTS[::3] if len(text) < 400]
    table = StringIO()
    rows = csv.writer(table)
    rows.writerow(["headline", "outlet", "url"])
    rows.writerows([line, line, f"https://a.example/{number}/b"] for number, line in enumerate(lines))
    rows.writerow(["A Blueprint For Providing Santuary", "Comon Dreams", ""])
    with serving(read.app) as url, open_context(browser, url, read.token) as context:
        page, complaints = open_page(context, url + AT)
        content = table.getvalue().encode()
        page.set_input_files("input[type=file]", {"name": "x.csv", "mimeType": "text/csv", "buffer": content})
        page.click("main button")
        shown = {each.strip() for each in page.locator(".proof > li > .headline").all_text_contents()}
        assert set(lines) <= shown
        assert page.evaluate("window.__x") is None
        assert examine(page, complaints) == []
