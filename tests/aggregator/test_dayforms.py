"""The form in which a list writes its days."""

from datetime import date

import pytest

from aggregator.dayforms import day_text, form_fault


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("M.D.YYYY", "3.8.2017"),
        ("MM/DD/YY", "03/08/17"),
        ("DD.MM.YYYY", "08.03.2017"),
        ("YYYY-MM-DD", "2017-03-08"),
        ("YYYYMMDD", "20170308"),
        ("D/M", "8/3"),
        ("MMMM D, YYYY", "March 8, 2017"),
        ("D MMM YYYY", "8 Mar 2017"),
    ],
)
def test_a_day_follows_the_tokens_of_the_form(form: str, expected: str) -> None:
    assert form_fault(form) == ""
    assert day_text(date(2017, 3, 8), form) == expected


@pytest.mark.parametrize(
    ("form", "named"),
    [
        ("mm/dd/yyyy", "'mm'"),
        ("dd.MM.YYYY", "'dd'"),
        ("Day D", "'Day'"),
        ("YYY", "'YYY'"),
        ("DDD MMMM", "'DDD'"),
        ("when", "no part of a date is in it"),
        ("./.", "no part of a date is in it"),
    ],
)
def test_what_would_be_published_as_it_stands_is_told(form: str, named: str) -> None:
    assert form_fault(form).startswith(named) and "MMMM D, YYYY" in form_fault(form)
