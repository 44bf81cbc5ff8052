"""TOML files that people write: values of the right type, and every mistake with its line.

A `Table` is asked for its keys one by one; what is of a wrong type or was never asked for
becomes a `Complaint`. What the values mean is left to whoever asks.
"""

import difflib
import os
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import tomli  # as tomllib, but compiled: the directory of outlets is loaded in a third of the time

from crawler.errors import Complaint
from crawler.urls import NO_ADDRESS, is_web

Choice = TypeVar("Choice", bound=StrEnum)
KeyPath = tuple[str, ...]

_HEADER = re.compile(r"^\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*([A-Za-z0-9_\-."']+)\s*=""")
_DECODE_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)")
_LINE = re.compile(r"\s*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*")
_DURATION = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*(s|second|m|min|minute|h|hour|d|day)s?\s*$")
_UNIT_SECONDS = {"s": 1, "second": 1, "m": 60, "min": 60, "minute": 60, "h": 3600, "hour": 3600, "d": 86400}
_UNIT_SECONDS["day"] = 86400
LONGEST_SPAN = timedelta(days=36_500)


class Table:
    """One TOML table; remembers which of its keys were asked for and what was wrong with them."""

    def __init__(
        self, values: Mapping[str, object], where: "Places", path: KeyPath, complaints: list[Complaint]
    ) -> None:
        self._values = values
        self._where = where
        self._path = path
        self._asked: set[str] = set()
        self.complaints = complaints

    def complain(self, key: str, message: str) -> None:
        """Note a mistake at this key's line."""
        path = (*self._path, key) if key else self._path
        self.complaints.append(Complaint(self._where.file, self._where.line(path), ".".join(path), message))

    def _get(self, key: str) -> object:
        self._asked.add(key)
        return self._values.get(key)

    def has(self, key: str) -> bool:
        """Whether the key was written at all."""
        return key in self._values

    def text(self, key: str, default: str = "") -> str:
        """A text."""
        value = self._get(key)
        if value is None or isinstance(value, str):
            return default if value is None else value
        self.complain(key, f"must be a text in quotes, not {_kind(value)}")
        return default

    def line(self, key: str, advice: str) -> str:
        """One line of text that must be there; `advice` says what to write, or why."""
        value = self.text(key)
        if not self.has(key):
            self.complain(key, f"is missing; {advice}")
        elif isinstance(self._values[key], str) and not _LINE.fullmatch(value):
            self.complain(key, f"must be one line of text, not {value[:40]!r}; {advice}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._get(key)
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.complain(key, f'must be a list of texts such as ["one", "two"], not {_kind(value)}')
        return ()

    def addresses(self, key: str) -> tuple[str, ...]:
        """A list of web addresses; one that is none is a mistake, and left out."""
        found = self.texts(key)
        for url in found:
            if not is_web(url):
                self.complain(key, f"{url!r} {NO_ADDRESS}")
        return tuple(url for url in found if is_web(url))

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self._get(key)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.complain(key, f"must be true or false, not {_kind(value)}")
        return default

    def number(self, key: str, default: float, *, least: float = 0, most: float = float("inf")) -> float:
        """A number between `least` and `most`."""
        value = self._get(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.complain(key, f"must be a number, not {_kind(value)}")
            return default
        if not least <= value <= most:
            self.complain(key, f"must be between {least:g} and {most:g}, not {value:g}")
            return default
        return value

    def whole(self, key: str, default: int, *, least: int = 0, most: int = 2**31) -> int:
        """A whole number between `least` and `most`."""
        value = self._values.get(key)
        if isinstance(value, float):
            self._asked.add(key)
            self.complain(key, f"must be a whole number, not {value:g}")
            return default
        return int(self.number(key, default, least=least, most=most))

    def span(self, key: str, default: timedelta, *, least: timedelta = timedelta(0)) -> timedelta:
        """A length of time such as "15 min", "6 h" or "1 day", of at least `least`."""
        value = self._get(key)
        if value is None:
            return default
        found = _DURATION.match(value) if isinstance(value, str) else None
        if not found:
            self.complain(key, f'must be a length of time such as "15 min", "6 h" or "1 day", not {value!r}')
            return default
        seconds = float(found[1]) * _UNIT_SECONDS[found[2]]
        if not least.total_seconds() <= seconds <= LONGEST_SPAN.total_seconds():
            self.complain(
                key,
                f"must be between {least.total_seconds():g} s and {LONGEST_SPAN.days} days, not {value:.30}",
            )
            return default
        return timedelta(seconds=seconds)

    def day(self, key: str) -> date | None:
        """A day such as 2017-03-27."""
        value = self._get(key)
        if isinstance(value, datetime):
            return value.date()
        if value is None or isinstance(value, date):
            return value
        self.complain(key, f"must be a day such as 2017-03-27 without quotes, not {_kind(value)}")
        return None

    def one_of(self, key: str, choices: type[Choice]) -> Choice | None:
        """One of a few words."""
        value = self.text(key)
        if not value:
            return None
        try:
            return choices(value)
        except ValueError:
            words = [choice.value for choice in choices]
            self.complain(key, f"must be one of {', '.join(words)}, not {value!r}{_nearest(value, words)}")
            return None

    def table(self, key: str) -> "Table":
        """A table inside this one; empty where it is not written."""
        value = self._get(key)
        if value is not None and not isinstance(value, dict):
            self.complain(key, f"must be a table [{'.'.join((*self._path, key))}], not {_kind(value)}")
            value = None
        return Table(value or {}, self._where, (*self._path, key), self.complaints)

    def tables(self) -> Iterator[tuple[str, "Table"]]:
        """Every table inside this one, with its name; anything else is a mistake."""
        for key in self._values:
            yield key, self.table(key)

    def finish(self) -> None:
        """Complain about every key that nobody asked for."""
        for key in self._values:
            if key not in self._asked:
                self.complain(key, f"unknown key{_nearest(key, self._asked)}")


class Places:
    """Where each key of a TOML file stands; looked for only once something is wrong."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self._text = text

    @cached_property
    def _lines(self) -> dict[KeyPath, int]:
        lines: dict[KeyPath, int] = {}
        table: KeyPath = ()
        inside: str | None = None
        for number, line in enumerate(self._text.splitlines(), 1):
            if inside is None:
                if header := _HEADER.match(line):
                    table = _split(header[1])
                    lines.setdefault(table, number)
                elif key := _KEY.match(line):
                    lines.setdefault((*table, *_split(key[1])), number)
            inside = _still_inside(line, inside)
        return lines

    def line(self, path: KeyPath) -> int | None:
        """The line of a key, or of the nearest table around it."""
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path[:-1]
        return None


def read_table(path: Path, complaints: list[Complaint]) -> Table | None:
    """The top table of a TOML file, or None, with a complaint, where it cannot be read."""
    file = str(path)
    try:
        text = path.read_text(encoding="utf-8-sig")  # some editors write a mark before the first letter
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        complaints.append(Complaint(file, line, "", "is not UTF-8; save the file as UTF-8"))
        return None
    except OSError as error:
        complaints.append(Complaint(file, None, "", f"cannot be read: {error.strerror or error}"))
        return None
    try:
        values = tomli.loads(text)
    except (ValueError, RecursionError) as error:
        complaints.append(_broken(file, text, str(error)))
        return None
    return Table(values, Places(file, text), (), complaints)


def _broken(file: str, text: str, said: str) -> Complaint:
    """What the parser said, with its place where the others have theirs; figures and nesting bear none."""
    place = _DECODE_PLACE.search(said)
    message = _DECODE_PLACE.sub(f" (column {place[2]})" if place and place[2] else "", said)
    last = len(text.splitlines())
    line = None if place is None else int(place[1] or last)
    return Complaint(file, line, "", f"broken TOML: {message}")


def files_in(folder: Path, complaints: list[Complaint]) -> tuple[Path, ...]:
    """The TOML files of a folder in order of their names, but hidden ones, which editors leave there.

    None where there is no such folder; one that cannot be looked into is a complaint.
    """
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return ()
    except OSError as error:
        complaints.append(Complaint(str(folder), None, "", f"cannot be read: {error.strerror}"))
        return ()
    return tuple(folder / name for name in sorted(names) if name.endswith(".toml") and name[0] != ".")


def _split(dotted: str) -> KeyPath:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _still_inside(line: str, inside: str | None) -> str | None:
    """Which multi-line string, if any, is open after this line."""
    position = 0
    while True:
        if inside is not None:
            end = line.find(inside, position)
            if end < 0:
                return inside
            inside, position = None, end + 3
        starts = [(line.find(mark, position), mark) for mark in ('"""', "'''")]
        starts = [(start, mark) for start, mark in starts if start >= 0]
        if not starts:
            return None
        start, inside = min(starts)
        position = start + 3


def _kind(value: object) -> str:
    names = {
        str: "a text",
        bool: "true/false",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "a table",
    }
    return names.get(type(value), f"a {type(value).__name__}")


def _nearest(word: str, known: "set[str] | list[str]") -> str:
    near = difflib.get_close_matches(word, sorted(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""
