"""Files that people write and programs save: what is read, and how each mistake is told."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.errors import Complaint
from crawler.toml import Table, files_in, read_table


def read(folder: Path, body: bytes) -> tuple[Table | None, list[Complaint]]:
    complaints: list[Complaint] = []
    path = folder / "x.toml"
    path.write_bytes(body)
    return read_table(path, complaints), complaints


def test_the_mark_that_windows_editors_write_first_is_passed_over(tmp_path: Path) -> None:
    table, complaints = read(tmp_path, b'\xef\xbb\xbfname = "Ana"\r\n')
    assert table is not None
    assert (table.text("name"), complaints) == ("Ana", [])


@pytest.mark.parametrize(
    ("body", "line", "word"),
    [
        (b"a = 1\n\na = 2", 3, "Cannot overwrite a value"),
        (b"a = \0\n", 1, "Invalid value (column 5)"),
        (b"a = " + b"[" * 5_000 + b"]" * 5_000, None, "nested"),
        (b".".join([b"a"] * 5_000) + b" = 1", None, "parts"),
        (b"a = " + b"9" * 5_000, None, "digits"),
    ],
    ids=["twice, at the end", "NUL", "nested deep", "long key", "long number"],
)
def test_a_broken_file_is_one_complaint(tmp_path: Path, body: bytes, line: int | None, word: str) -> None:
    table, (complaint,) = read(tmp_path, body)
    assert table is None
    assert complaint.line == line
    assert complaint.message.startswith("broken TOML: ")
    assert word in complaint.message


@pytest.mark.parametrize("written", ["999999999999999 days", "9" * 400 + " s", "0 s", "0.5 s"])
def test_a_length_of_time_beyond_all_use_is_a_complaint(tmp_path: Path, written: str) -> None:
    table, complaints = read(tmp_path, f'every = "{written}"\n'.encode())
    assert table is not None
    plain = timedelta(minutes=1)
    assert table.span("every", plain, least=timedelta(seconds=1)) == plain
    assert [each.message.partition(", not")[0] for each in complaints] == [
        "must be between 1 s and 36500 days"
    ]


@pytest.mark.parametrize("written", ['""', '"  "', r'"two\nlines"', r'"a\u0000b"', r'"a\u001b[31m"'])
def test_a_line_that_says_nothing_or_more_than_a_line_is_a_complaint(tmp_path: Path, written: str) -> None:
    table, complaints = read(tmp_path, f"name = {written}\n".encode())
    assert table is not None
    table.line("name", "write a name")
    assert [str(each).partition(": ")[2].partition(",")[0] for each in complaints] == [
        "name: must be one line of text"
    ]


def test_a_line_may_be_in_any_script(tmp_path: Path) -> None:
    table, complaints = read(tmp_path, 'name = "می\u200cخواهم, l\u2019Équipe\u00a0!"\n'.encode())
    assert table is not None
    assert table.line("name", "write a name").endswith("!")
    assert complaints == []


@pytest.mark.parametrize(
    "url", ["http://", "http://[::1", "x.example", "http://x.example/a b", r"http://x.example/\u0000"]
)
def test_an_address_that_nobody_could_ask_for_is_a_complaint(tmp_path: Path, url: str) -> None:
    table, complaints = read(tmp_path, f'feeds = ["{url}", "https://good.example/feed?a=%20"]'.encode())
    assert table is not None
    assert table.addresses("feeds") == ("https://good.example/feed?a=%20",)
    assert ["is no web address" in each.message for each in complaints] == [True]


def test_what_editors_leave_in_a_folder_is_not_read(tmp_path: Path) -> None:
    complaints: list[Complaint] = []
    for name in ("b.toml", "a.toml", "._a.toml", ".#b.toml", "notes.txt"):
        (tmp_path / name).write_bytes(b"")
    assert [path.name for path in files_in(tmp_path, complaints)] == ["a.toml", "b.toml"]
    assert files_in(tmp_path / "none", complaints) == ()
    assert complaints == []


def as_file(folder: Path) -> None:
    folder.write_bytes(b"")


def as_link_to_itself(folder: Path) -> None:
    folder.symlink_to(folder)


@pytest.mark.parametrize("spoil", [as_file, as_link_to_itself])
def test_a_folder_that_cannot_be_looked_into_is_not_taken_for_an_empty_one(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    complaints: list[Complaint] = []
    spoil(tmp_path / "outlets")
    assert files_in(tmp_path / "outlets", complaints) == ()
    (complaint,) = complaints
    assert complaint.file == os.fspath(tmp_path / "outlets")
    assert complaint.message.startswith("cannot be read: ")
