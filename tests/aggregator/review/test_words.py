"""Small pure rooms of the review desk: filters in the address, the guard, safe places, keys."""

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from aggregator.records import Status, Tier
from aggregator.review import keys
from aggregator.review.filters import Filters, from_query, view_of
from aggregator.review.guard import LARGEST_BODY, safe_next, why_refused
from aggregator.review.pages.queue import summary_of
from aggregator.wording import count, counted, direction, language_name, listed, long_day

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(ANY_TEXT, ANY_TEXT)
def test_a_search_survives_the_address(q: str, outlet: str) -> None:
    filters = from_query({"q": q, "outlet": outlet, "status": "rejected"})
    assert from_query(dict(parse_qsl(filters.query()))) == filters


@given(
    st.dictionaries(st.sampled_from(["status", "q", "tier", "after", "before", "starred", "page"]), ANY_TEXT)
)
def test_no_address_makes_the_desk_fall_over(query: dict[str, str]) -> None:
    view = view_of(from_query(query))
    assert view.limit == 50


def test_operators_in_the_search_text_count_like_the_fields() -> None:
    filters = from_query({"q": 'cities outlet:"NBC News" after:2017-03-27 is:starred status:all meet'})
    assert filters == Filters(
        status="all", q="cities meet", outlet="NBC News", after="2017-03-27", starred="yes"
    )
    view = view_of(from_query({"tier": "names us", "before": "2017-03-30", "status": "later"}))
    assert (view.tier, view.until, view.status) == (Tier.NAMES_US, date(2017, 3, 30), Status.LATER)


@given(st.text(max_size=40).map("/".__add__))
def test_a_place_to_go_on_to_is_always_on_this_site(target: str) -> None:
    parts = urlsplit(safe_next(target))
    assert not parts.netloc and not parts.scheme and parts.path.startswith("/")
    assert not safe_next(target).startswith("//") and "\\" not in safe_next(target)


@pytest.mark.parametrize("size", [str(LARGEST_BODY + 1), "-1", "many"])
def test_a_body_that_is_too_large_or_lies_is_refused(size: str) -> None:
    assert why_refused("POST", Headers({"content-length": size, "host": "desk.example"}))
    assert not why_refused("POST", Headers({"content-length": "10", "host": "desk.example"}))


def test_every_key_has_one_meaning() -> None:
    assert len({key.default for key in keys.EVERY}) == len(keys.EVERY)
    assert keys.read({}) == ({}, "")
    assert keys.read({"key-accept": "g x"}) == ({"accept": "g x"}, "")
    for bad in ("ab", "g", "", "\x00"):
        _, trouble = keys.read({"key-accept": bad})
        assert bool(trouble) is (bad in ("ab", "\x00"))


def test_words() -> None:
    assert long_day(date(2017, 3, 28)) == "Tue 28 Mar 2017"
    assert count(1, "entry", "entries") == "1 entry" and count(1200, "source") == "1,200 sources"
    assert listed([]) == "" and listed(["A"]) == "A" and listed(["A", "B", "C"]) == "A, B and C"
    assert direction("ar-EG") == "rtl" and direction("es") == "ltr" and direction(None) == "auto"
    assert language_name("es-US") == "Spanish" and language_name("??") == "??"


def test_what_a_run_counted_is_told_as_people_say_it() -> None:
    counts = {"sources": 1, "sources_failed": 0, "new_leads": 1_234, "not_articles": 1, "gone": 1}
    assert counted(counts) == "1 source, 1,234 new leads, 1 not an article, 1 gone"
    assert counted({"sources": 2, "campaigns": 1}) == "2 sources, 1 campaign"
    assert counted({"sources": 0}) == ""


@pytest.mark.parametrize(
    ("status", "total", "told"),
    [
        ("waiting", 1, "1 entry waits for you"),
        ("waiting", 2, "2 entries wait for you"),
        ("context", 3, "3 entries that only speak of your subject"),
        ("later", 1, "1 entry put aside"),
        ("accepted", 1, "1 entry accepted"),
        ("all", 5, "5 entries in all"),
    ],
)
def test_the_desk_says_how_many_stand_where(status: str, total: int, told: str) -> None:
    assert summary_of(Filters(status=status), total) == told
