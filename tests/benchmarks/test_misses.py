"""Wrong answers on gold pages are counted by how they differ from the right one."""

from typing import Any

import pytest

from benchmarks.misses import classes_of

GOLD = {
    "url": "https://www.bay-courier.example/ferry",
    "headline": "Last ferry stays",
    "headline_alt": [],
    "headline_meta": ["Ferry news: last boat stays"],
    "published": "2024-11-05T23:40:00+00:00",
    "outlet": "Bay Courier",
    "outlet_alt": ["BC"],
}
RIGHT = {
    "headline": "Last ferry stays",
    "published": "2024-11-05T23:40:00+00:00",
    "outlet": "The Bay Courier",
}


@pytest.mark.parametrize(
    ("field", "said", "name"),
    [
        ("headline", "Ferry news: last boat stays", "the form for search engines or social media"),
        ("headline", "Harbour: Last ferry stays", "more than it"),
        ("headline", "Last ferry", "less than it"),
        ("headline", "Council votes", "other words"),
        ("headline", "", "nothing found"),
        ("published", None, "nothing found"),
        ("published", "2024-11-06", "a day off"),
        ("published", "2024-10-06", "another day"),
        ("published", "2024-11-05", "the day right, no instant"),
        ("published", "2024-11-05T22:40:00+00:00", "the day right, the offset wrong"),
        ("published", "2024-11-05T23:20:00+00:00", "the day right, another stamp"),
        ("outlet", "BayCourier", "another spelling"),
        ("outlet", "bay-courier.example", "the domain for a name"),
        ("outlet", "Bay Courier Sport", "more than it"),
    ],
)
def test_a_wrong_answer_has_a_class(field: str, said: str | None, name: str) -> None:
    found = classes_of([(GOLD, {**RIGHT, field: said})])
    assert found[field] == {name: 1}
    assert sum(map(len, found.values())) == 1


def test_right_answers_have_none_and_refused_pages_their_kind() -> None:
    refused: dict[str, Any] = {"kind": "section"}
    assert not any(classes_of([(GOLD, RIGHT)]).values())
    assert classes_of([(GOLD, refused)])["headline"] == {"refused as section": 1}
