"""Text to a moment, in many languages and calendars."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.calendars import jalali_to_gregorian, months_of
from crawler.dates import read_moment, shift
from crawler.records import Moment, Precision
from tools.make_months import TARGET as MONTHS

_CLOCKS = st.datetimes(datetime.fromisoformat("1991-01-01"), datetime.fromisoformat("2090-01-01"))


def read(
    text: str, language: str | None = None, country: str | None = None, zone: str | None = None
) -> str | None:
    """The moment as text: the local time with its offset, without one where none is known, or the day."""
    moment = read_moment(text, language=language, country=country, zone=zone)
    if moment is None:
        return None
    if moment.precision is Precision.DAY:
        return moment.day.isoformat()
    local = moment.local if moment.offset_minutes is not None else moment.local.replace(tzinfo=None)
    return local.isoformat()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-08-26T23:27:57Z", "2024-08-26T23:27:57+00:00"),
        ("2019-11-19T06:12:56-05:00", "2019-11-19T06:12:56-05:00"),
        ("2019-11-19T06:12:56-0500", "2019-11-19T06:12:56-05:00"),
        ("2022-05-04 05:10:00+00:00", "2022-05-04T05:10:00+00:00"),
        ("2006-01-17T12:35:9+01:00", "2006-01-17T12:35:09+01:00"),
        ("2022-05-04 05:10", "2022-05-04T05:10:00"),
        ("2022-05-04", "2022-05-04"),
        ("20240305T101112Z", "2024-03-05T10:11:12+00:00"),
        ("20240305", "2024-03-05"),
        ("1563423423", "2019-07-18T04:17:03+00:00"),
        ("1563423423000", "2019-07-18T04:17:03+00:00"),
        ("Thu, 05 Mar 2020 08:00:00 +0100", "2020-03-05T08:00:00+01:00"),
        ("Thu, 05 Mar 2020 08:00:00 GMT", "2020-03-05T08:00:00+00:00"),
        ("Fri Nov 22 2019 10:11:12 GMT+0530 (IST)", "2019-11-22T10:11:12+05:30"),
        ("2024-03-05T24:00:00Z", "2024-03-06T00:00:00+00:00"),
    ],
)
def test_machine_stamps_are_read_to_the_second(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "language", "country", "expected"),
    [
        ("5. März 2024, 14:05 Uhr", "de", None, "2024-03-05T14:05:00"),
        ("Dienstag, 7. Jänner 2020", "de", "AT", "2020-01-07"),
        ("mardi 10.12.19", "fr", None, "2019-12-10"),
        ("Le 5 mai 2022 à 18h45", "fr", None, "2022-05-05T18:45:00"),
        ("1er février 2021", "fr", None, "2021-02-01"),
        ("četvrtak, 5. septembar 2024. 14:05", "sr", None, "2024-09-05T14:05:00"),
        ("четвртак, 5. септембар 2024.", "sr", None, "2024-09-05"),
        ("5 MAYIS 2024", "tr", None, "2024-05-05"),
        ("5 ARALIK 2024 14:05", "tr", None, "2024-12-05T14:05:00"),
        ("2024ko irailaren 5a", "eu", None, "2024-09-05"),
        ("2024 оны 09 сарын 05, 14:05", "mn", None, "2024-09-05T14:05:00"),
        ("2024 оны 9-р сарын 5", "mn", None, "2024-09-05"),
        ("令和6年9月5日 14時05分", "ja", None, "2024-09-05T14:05:00"),
        ("令和元年5月1日", "ja", None, "2019-05-01"),
        ("民國113年9月5日", "zh", "TW", "2024-09-05"),
        ("5 ก.ย. 67 14:05", "th", None, "2024-09-05T14:05:00"),
        ("5-Sep-24", "en", None, "2024-09-05"),
        ("/Date(1725545100000)/", "en", None, "2024-09-05T14:05:00+00:00"),
        ("5 IX 2024", "pl", None, "2024-09-05"),
        ("2024. IX. 5.", "hu", None, "2024-09-05"),
        ("05·09·2024", "es", None, "2024-09-05"),
        ("5 de mayo de 2022 a las 18h45", "es", None, "2022-05-05T18:45:00"),
        ("13 de março de 2021, 9h30", "pt", None, "2021-03-13T09:30:00"),
        ("6 Απριλίου 2021", "el", None, "2021-04-06"),
        ("5 березня 2024, 10:00", "uk", None, "2024-03-05T10:00:00"),
        ("12 марта 2020 в 07:15", "ru", None, "2020-03-12T07:15:00"),
        ("2024 m. kovo 31 d. 19:59", "lt", None, "2024-03-31T19:59:00"),
        ("2024. március 31.", "hu", None, "2024-03-31"),
        ("31 Mart 2024, 10:15", "tr", None, "2024-03-31T10:15:00"),
        ("12 tháng 3, 2021", "vi", None, "2021-03-12"),
        ("ב-5 במרץ 2021", "he", None, "2021-03-05"),
        ("५ मार्च २०२१, 10:20 AM", "hi", None, "2021-03-05T10:20:00"),
        ("2024年3月5日 午後2時05分", "ja", None, "2024-03-05T14:05:00"),
        ("2024年3月5日 上午8:30", "zh", None, "2024-03-05T08:30:00"),
        ("2024. 3. 5. 오후 2:05", "ko", None, "2024-03-05T14:05:00"),
        ("2024년 3월 5일", "ko", None, "2024-03-05"),
        ("21 มกราคม 2562 13:49", "th", None, "2019-01-21T13:49:00"),
        ("٢٠ كانون الثاني ٢٠٢١ ١٤:٣٠", "ar", "LB", "2021-01-20T14:30:00"),
        ("20 يناير 2021", "ar", "EG", "2021-01-20"),
        ("2 تير 1399 - 12:09", "fa", None, "2020-06-22T12:09:00"),
        ("۱۴۰۲/۰۱/۱۵", "fa", None, "2023-04-04"),
        ("Nov. 19, 2019, 8:39 p.m.", "en", "US", "2019-11-19T20:39:00"),
        ("May 5, 2022 at 12:05 am", "en", "US", "2022-05-05T00:05:00"),
    ],
)
def test_shown_dates_are_read_in_their_language_and_calendar(
    text: str, language: str, country: str | None, expected: str
) -> None:
    assert read(text, language, country) == expected


@pytest.mark.parametrize(
    ("language", "country", "expected"),
    [
        ("es", None, "2022-05-10"),
        ("de", None, "2022-05-10"),
        ("en", "GB", "2022-05-10"),
        ("en", "US", "2022-10-05"),
    ],
)
def test_language_and_country_decide_whether_day_or_month_comes_first(
    language: str, country: str | None, expected: str
) -> None:
    assert read("10/05/2022", language, country) == expected


def test_a_number_over_twelve_is_the_day_wherever_it_stands() -> None:
    assert read("05/13/2022", "de") == "2022-05-13"
    assert read("13/05/2022", "en", "US") == "2022-05-13"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("May 5, 2022 at 3:05 p.m. EDT", "2022-05-05T15:05:00-04:00"),
        ("Updated 9:30 AM ET, Wed March 11, 2020", "2020-03-11T09:30:00-04:00"),
        ("Updated 9:30 AM ET, Wed January 8, 2020", "2020-01-08T09:30:00-05:00"),
        ("8 January 2020 9:30 GMT+2", "2020-01-08T09:30:00+02:00"),
        ("8 January 2020 21:30 IST", "2020-01-08T21:30:00+05:30"),
    ],
)
def test_a_zone_named_behind_the_time_is_its_offset(text: str, expected: str) -> None:
    assert read(text, "en", "US") == expected


def test_the_outlets_zone_gives_the_offset_that_the_text_does_not_summer_time_included() -> None:
    assert read("26.08.2024 23:27", "de", zone="Europe/Berlin") == "2024-08-26T23:27:00+02:00"
    assert read("26.01.2024 23:27", "de", zone="Europe/Berlin") == "2024-01-26T23:27:00+01:00"
    assert read("2024-01-26T23:27:00Z", "de", zone="Europe/Berlin") == "2024-01-26T23:27:00+00:00"


@pytest.mark.parametrize(
    "text",
    [
        "", "yesterday", "0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "March 2020", "version 1.2.3",
        "32/13/2020", "2020-02-30", "call 555-1234", "99:99", "12345678901234567890", "\x00\ud800 2020",
    ],
)  # fmt: skip
def test_junk_is_no_date(text: str) -> None:
    assert read_moment(text, language="en") is None


def test_a_date_in_the_future_is_junk_once_now_is_known() -> None:
    now = datetime(2024, 3, 5, tzinfo=UTC)
    assert read_moment("2024-03-06T10:00:00Z", now=now) is not None
    assert read_moment("2024-03-09T10:00:00Z", now=now) is None


def test_a_moment_is_put_on_another_clock_without_moving() -> None:
    moment = Moment(instant=datetime(2024, 8, 26, 23, 27, tzinfo=UTC), offset_minutes=0)
    moved = shift(moment, "Europe/Berlin")
    assert (moved.instant, moved.offset_minutes, moved.day) == (moment.instant, 120, date(2024, 8, 27))
    assert shift(moment, "Nowhere/Nothing") == moment


def test_every_name_of_a_month_is_read_in_every_language_and_case() -> None:
    unread = [
        (language, shown)
        for language in json.loads(MONTHS.read_text(encoding="utf-8"))
        for name, month in months_of(language).items()
        for shown in (name, name.upper(), name.title())
        if read(f"5 {shown} 2024", language) != f"2024-{month:02}-05"
    ]
    assert not unread


def test_the_persian_calendar_agrees_with_known_new_years_days() -> None:
    known = {
        1300: date(1921, 3, 21),
        1357: date(1978, 3, 21),
        1399: date(2020, 3, 20),
        1404: date(2025, 3, 21),
    }
    assert {year: jalali_to_gregorian(year, 1, 1) for year in known} == known
    assert jalali_to_gregorian(1403, 12, 30) == date(2025, 3, 20)
    with pytest.raises(ValueError, match="no such Jalali day"):
        jalali_to_gregorian(1404, 12, 30)


@given(_CLOCKS, st.integers(-48, 56))
def test_every_iso_stamp_comes_back_as_it_was(when: datetime, quarters: int) -> None:
    when = when.replace(microsecond=0)
    sign, minutes = "-" if quarters < 0 else "+", abs(quarters) * 15
    moment = read_moment(f"{when.isoformat()}{sign}{minutes // 60:02}:{minutes % 60:02}")
    assert moment is not None
    assert moment.instant == (when - timedelta(minutes=quarters * 15)).replace(tzinfo=UTC)


@given(st.text(max_size=300), st.sampled_from([None, "en", "de", "ar", "fa", "th", "xx"]))
def test_no_text_makes_it_fail(text: str, language: str | None) -> None:
    moment = read_moment(text, language=language)
    assert moment is None or moment.instant.tzinfo is UTC
