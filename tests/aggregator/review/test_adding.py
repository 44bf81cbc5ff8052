"""Adding by address, by hand and from a table: shown before it is saved, whatever the rules say."""

import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from aggregator import desk
from aggregator.errors import Unusable
from aggregator.records import Entry, Status
from aggregator.review.app import make_app
from aggregator.review.pasted import guess_columns, read_addresses, read_day, read_rows, read_table
from aggregator.store.entries import View
from tests.aggregator.review.conftest import client_of
from tests.aggregator.review.morning import Morning
from tests.aggregator.samples import make_article

URL = "https://station.example/news/about-birds"


def found(morning: Morning, headline: str) -> Entry:
    """The entry of this headline."""
    every = desk.entries(morning.room.store, "sanctuary", View(limit=1000))
    return next(each for each in every if each.headline == headline)


def test_pasted_addresses_are_fetched_shown_corrected_and_kept(morning: Morning, client: TestClient) -> None:
    article = make_article(
        50, url=URL, headline="Birds | Station", outlet="station.example", text="Of birds."
    )
    morning.jobs.pages[URL] = article
    before = sum(desk.counts(morning.room.store, "sanctuary").values())
    typed = f"{URL}\nhttps://gone.example/x\nno-address"
    page = client.post("/c/sanctuary/add/fetch", data={"addresses": typed}).text
    assert "Birds | Station" in page and "it does not answer (404)" in page and "no-address" in page
    assert sum(desk.counts(morning.room.store, "sanctuary").values()) == before
    name = re.search(r'name="draft" value="([^"]+)"', page)
    assert name
    form = {
        "draft": name[1],
        f"headline-{name[1]}": "Of birds and sanctuaries",
        f"outlet-{name[1]}": "Station 5",
        f"date-{name[1]}": "2017-03-27",
    }
    client.post("/c/sanctuary/add/keep", data=form)
    entry = found(morning, "Of birds and sanctuaries")
    assert entry.status is Status.WAITING and entry.outlet == "Station 5"
    assert entry.day and entry.day.isoformat() == "2017-03-27"
    assert "Ana added it" in entry.mention.reason
    assert entry.article.evidence["headline"].found_by == "told by Ana"


def test_what_was_fetched_or_uploaded_outlives_a_restart(morning: Morning, client: TestClient) -> None:
    morning.jobs.pages[URL] = make_article(50, url=URL, headline="Birds", text="Of birds.")
    page = client.post("/c/sanctuary/add/fetch", data={"addresses": URL}).text
    table = client.post(
        "/c/sanctuary/add/table", files={"table": ("x.csv", b"headline,outlet\nClip,WNYC\n")}
    ).text
    draft, upload = (
        re.search(f'name="{field}" value="([^"]+)"', shown)
        for field, shown in (("draft", page), ("upload", table))
    )
    assert draft and upload
    started = client_of(replace(morning, app=make_app(morning.room)), morning.token)
    started.post("/c/sanctuary/add/keep", data={"draft": draft[1]})
    columns = {"column-headline": "headline", "column-outlet": "outlet"}
    started.post("/c/sanctuary/add/rows", data={"upload": upload[1], "act": "keep", **columns})
    assert found(morning, "Birds") and found(morning, "Clip")


def test_a_draft_that_is_gone_is_fetched_anew_by_one_press_and_nothing_is_saved(
    morning: Morning, client: TestClient
) -> None:
    before = desk.counts(morning.room.store, "sanctuary")
    form = {"draft": ["unknown", "other"], "address-unknown": URL, "address-other": "https://two.example/a"}
    answer = client.post("/c/sanctuary/add/keep", data=form)
    assert answer.status_code == 409 and "2 pieces were fetched so long ago" in answer.text
    assert f"\n{URL}\nhttps://two.example/a</textarea>" in answer.text
    assert desk.counts(morning.room.store, "sanctuary") == before
    gone = client.post("/c/sanctuary/add/rows", data={"upload": "unknown", "act": "keep"})
    assert gone.status_code == 422 and "upload it once more" in gone.text


def test_a_clip_without_an_address_goes_on_the_list(morning: Morning, client: TestClient) -> None:
    form = {
        "headline": "Heard at 9:15",
        "outlet": "WNYC",
        "date": "2017-03-28",
        "note": "Radio.",
        "accept": "yes",
    }
    page = client.post("/c/sanctuary/add/clip", data=form).text
    assert "Heard at 9:15" in page and "Radio." in page
    text = client.get("/c/sanctuary/export/text").text
    assert text == "Heard at 9:15\nWNYC, 3.28.2017\nRadio.\n"
    item = desk.listing(morning.room.store, "sanctuary").items[0]
    assert "urn:" not in client.get("/c/sanctuary/export/fragment").text and item.key.startswith("urn:clip:")


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"headline": "", "outlet": "X"}, "at least a headline"),
        ({"headline": "X", "outlet": "X", "date": "soon"}, "is no day"),
        ({"headline": "X", "outlet": "X", "url": "javascript:alert(1)"}, "no web address"),
    ],
)
def test_a_clip_that_cannot_be_used_is_explained(client: TestClient, form: dict[str, str], told: str) -> None:
    answer = client.post("/c/sanctuary/add/clip", data=form)
    assert answer.status_code == 422 and told in answer.text


TABLE = (
    "Title,Publication,Publish Date,Link,Extra\r\n"
    'A first piece,The Paper,3/28/2017,https://paper.example/1,"a, b"\r\n'
    "'=1+1,The Other,2017-03-29,,\r\n"
    ",Nobody,2017-03-29,,\r\n"
)


def test_a_table_is_shown_mapped_and_saved(morning: Morning, client: TestClient) -> None:
    files = {"table": ("clips.csv", TABLE.encode(), "text/csv")}
    page = client.post("/c/sanctuary/add/table", files=files).text
    assert "2 pieces, 1 row that cannot be read" in page and "Line 4" in page
    upload = re.search(r'name="upload" value="([^"]+)"', page)
    assert upload
    columns = {
        "headline": "Title",
        "outlet": "Publication",
        "date": "Publish Date",
        "url": "Link",
        "note": "Extra",
    }
    form = {f"column-{ours}": theirs for ours, theirs in columns.items()} | {"upload": upload[1]}
    assert "a, b" in client.post("/c/sanctuary/add/rows", data={**form, "act": "look"}).text
    client.post("/c/sanctuary/add/rows", data={**form, "act": "keep", "accept": "yes"})
    assert found(morning, "A first piece").note == "a, b"
    assert found(morning, "=1+1").status is Status.ACCEPTED


def test_our_own_csv_export_can_be_read_back(morning: Morning, client: TestClient) -> None:
    keys = [each.article.key for each in desk.entries(morning.room.store, "sanctuary")]
    desk.accept(morning.room.store, "sanctuary", keys, desk.Signature(by="Ana", at=morning.room.now()))
    names, rows = read_table(client.get("/c/sanctuary/export/csv").content)
    clips, troubles = read_rows(rows, guess_columns(names))
    items = desk.listing(morning.room.store, "sanctuary").items
    assert not troubles
    assert [(clip.headline, clip.outlet, clip.day) for clip in clips] == [
        (item.headline, item.outlet, item.day) for item in items
    ]


@pytest.mark.parametrize("content", [b"", b"a,b\r\n", b"\xff\xfe\x00", b"a" * (6 << 20), b'a,b\r\n"open'])
def test_a_file_that_is_no_table_is_explained(content: bytes) -> None:
    try:
        names, rows = read_table(content)
    except Unusable as error:
        assert str(error).startswith("This file")
    else:
        assert not read_rows(rows, guess_columns(names))[0]


@given(st.binary(max_size=300))
def test_no_file_makes_the_reader_of_tables_fall_over(content: bytes) -> None:
    try:
        names, rows = read_table(content)
    except Unusable:
        return
    clips, troubles = read_rows(rows, {"headline": names[0], "outlet": names[-1]})
    assert len(clips) + len(troubles) == len(rows)


def test_days_are_read_as_people_write_them() -> None:
    days = [read_day(text) for text in ("2017-03-28", "3.28.2017", "03/28/17")]
    assert {day.isoformat() for day in days if day} == {"2017-03-28"} and len(days) == 3


def test_only_web_addresses_are_fetched() -> None:
    good, strange = read_addresses("https://a.example/1 https://a.example/1\nfile:///etc/passwd x")
    assert good == ["https://a.example/1"] and strange == ["file:///etc/passwd", "x"]


def test_what_is_known_already_is_put_at_the_desk_unchanged(morning: Morning, client: TestClient) -> None:
    known = desk.entries(morning.room.store, "sanctuary", View(limit=1000))[-1].article
    morning.jobs.pages[known.url] = replace(known, headline="Read differently")
    page = client.post("/c/sanctuary/add/fetch", data={"addresses": known.url}).text
    name = re.search(r'name="draft" value="([^"]+)"', page)
    assert name
    client.post("/c/sanctuary/add/keep", data={"draft": name[1], "accept": "yes"})
    entry = desk.entry(morning.room.store, "sanctuary", known.key)
    assert entry.headline == known.headline and entry.status is Status.ACCEPTED
