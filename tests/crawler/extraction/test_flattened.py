"""A flattened state is put together; circles, bombs and places that are none do no harm."""

from typing import Any

import pytest

from crawler.extraction.flattened import is_flattened, restored


def test_places_become_the_values_that_stand_there() -> None:
    values = [{"title": 1, "tags": 2, "next": -1}, "A story", [3, 3], {"name": 4}, "Town"]
    assert is_flattened(values)
    tag = {"name": "Town"}
    assert restored(values) == {"title": "A story", "tags": [tag, tag], "next": None}


def test_watched_values_and_dates_are_taken_out_of_their_kinds() -> None:
    values = [
        ["ShallowReactive", 1],
        {"at": 2, "seen": 3, "state": 4},
        ["Date", "2025-03-11"],
        ["Set", 2],
        ["Ref", 5],
        {},
    ]
    assert is_flattened(values)
    assert restored(values) == {"at": "2025-03-11", "seen": None, "state": {}}


@pytest.mark.parametrize(
    "value", [[], [1], [{"a": "b"}, 1], ["a", "b"], [{}, 1], {"a": 1}, [["Reactive", "x"], 1]]
)
def test_other_json_is_not_taken_for_a_flattened_state(value: Any) -> None:
    assert not is_flattened(value)


def test_circles_chains_and_places_beyond_the_end_come_to_nothing() -> None:
    assert restored([["Ref", 0], 1]) is None
    assert restored([{"far": 99, "on": True}, 1]) == {"far": None, "on": None}
    root = restored([{"self": 1}, {"back": 0}])
    assert root["self"]["back"] is root


def test_an_object_that_is_named_again_and_again_stays_small() -> None:
    values: list[Any] = [{"top": 1}, *([place + 1] * 50 for place in range(1, 40)), "end"]
    layer, size = restored(values)["top"], 1
    for _ in range(10):
        layer = [each for part in layer if isinstance(part, list) for each in part]
        size = max(size, len(layer))
    assert size <= 50 * 2**10


def test_watched_values_that_lead_to_one_another_end() -> None:
    assert restored([["Ref", 1], ["Ref", 0]]) is None
