"""Puts a flattened state together again: the list of Nuxt 3, in which numbers are places of the list.

https://github.com/sveltejs/devalue tells the form: every object and list holds only the places
of its values, a negative place stands for undefined and the like, and a list that begins with a
string is of a kind ("Reactive", "Ref", "Date", "Set").
"""

from typing import Any

MOST_VALUES = 50_000
_MOST_USES = 2  # of an object that holds others: a list that names one again and again would never end
_LONGEST_CHAIN = 8
# Kinds that only say how the next value is watched.
_WATCHED = {"Reactive", "ShallowReactive", "Ref", "ShallowRef", "EmptyRef", "EmptyShallowRef", "skipHydrate"}


def is_flattened(value: Any) -> bool:
    """Whether a value has this form: a list that begins with an object of places, watched or not."""
    if not isinstance(value, list) or len(value) < 2:
        return False
    first = value[0]
    if isinstance(first, dict):
        return bool(first) and all(type(place) is int for place in first.values())
    return isinstance(first, list) and len(first) == 2 and first[0] in _WATCHED and type(first[1]) is int


def restored(values: list[Any]) -> Any:
    """The value that a flattened list stands for; without recursion, since places may form circles."""
    return _Flattened(values[:MOST_VALUES]).whole()


class _Flattened:
    """The list, and for each of its objects and lists the one that is made of it."""

    def __init__(self, values: list[Any]) -> None:
        self._values = values
        self._made: list[Any] = [{} if isinstance(value, dict) else [] for value in values]
        self._uses = [0] * len(values)

    def whole(self) -> Any:
        for value, made in zip(self._values, self._made, strict=True):
            if isinstance(value, dict):
                made.update((key, self._at(place)) for key, place in value.items())
            elif isinstance(value, list) and not _kind_of(value):
                made.extend(map(self._at, value))
        return self._at(0)

    def _at(self, place: Any) -> Any:
        """What stands at a place; None for what is undefined, of a kind unknown here, or named too often."""
        for _ in range(_LONGEST_CHAIN):
            if not self._is_place(place):
                return None
            value = self._values[place]
            kind = _kind_of(value)
            if not kind:
                return self._made_at(place) if isinstance(value, dict | list) else value
            if kind not in _WATCHED or len(value) < 2:
                return value[1] if kind == "Date" and len(value) > 1 else None
            place = value[1]
        return None

    def _made_at(self, place: int) -> Any:
        self._uses[place] += 1
        return self._made[place] if self._uses[place] <= _MOST_USES or self._is_flat(place) else None

    def _is_place(self, value: Any) -> bool:
        return type(value) is int and 0 <= value < len(self._values)

    def _is_flat(self, place: int) -> bool:
        """Whether an object holds no other: such a one may be named as often as it likes."""
        value = self._values[place]
        inside = value.values() if isinstance(value, dict) else value
        return not any(
            self._is_place(each) and isinstance(self._values[each], dict | list) for each in inside
        )


def _kind_of(value: Any) -> str:
    return value[0] if isinstance(value, list) and value and isinstance(value[0], str) else ""
