"""The house keeps its manners: sizes, names, first sentences, one file for each door."""

import ast
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
ROOMS = ("crawler", "aggregator", "demo", "benchmarks", "tests")
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"}
MODULES = [path for room in ROOMS for path in sorted((HOUSE / room).rglob("*.py"))] + [HOUSE / "scheduler.py"]
OURS = [path for path in MODULES if not path.is_relative_to(HOUSE / "tests")]

# Who may import what: the package -> the files or rooms that may name it.
DOORS = {
    "scrapy": ("crawler/spiders", "crawler/politeness", "crawler/sweep.py", "benchmarks"),
    "twisted": ("crawler/spiders", "crawler/politeness", "crawler/sweep", "benchmarks"),
    "playwright": ("crawler/politeness",),
    "scrapy_playwright": ("crawler/politeness",),
    "sqlalchemy": ("aggregator/store", "benchmarks"),
    "alembic": ("aggregator/store",),
    "fastapi": ("aggregator/review", "benchmarks"),
    "starlette": ("aggregator/review",),
    "apscheduler": ("scheduler.py",),
    "feedparser": ("crawler/readers/feed", "benchmarks"),
    "trafilatura": ("crawler/extraction/prose.py", "benchmarks"),
    "typer": ("aggregator/cli",),
    "imap_tools": ("crawler/politeness/mailbox.py",),
    "smtplib": ("aggregator/delivery/mail.py",),
    "imaplib": ("crawler/politeness/mailbox.py",),
    "uvicorn": ("aggregator/cli", "aggregator/review"),
}


def name(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_file_is_short_enough_to_be_read_at_once(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= 300


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_function_is_over_fifty_lines(path: Path) -> None:
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno
        and node.end_lineno - node.lineno + 1 > 50
    ]
    assert not long


def test_functions_are_a_few_lines_long() -> None:
    sizes = sorted(
        (node.end_lineno or node.lineno) - node.lineno + 1
        for path in OURS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert sizes[len(sizes) // 2] <= 10
    assert sizes[len(sizes) * 9 // 10] <= 28


@pytest.mark.parametrize("path", OURS, ids=name)
def test_a_module_opens_by_saying_what_it_does(path: Path) -> None:
    source = path.read_text(encoding="utf-8").strip()
    assert not source or ast.get_docstring(tree(path)), "begin the file with one sentence: what it does"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_names_are_the_fields_own(path: Path) -> None:
    assert path.stem not in FORBIDDEN_NAMES
    assert path.parent.name not in FORBIDDEN_NAMES


@pytest.mark.parametrize("package", DOORS)
def test_each_library_has_one_door(package: str) -> None:
    strangers = [
        name(path)
        for path in OURS
        if any(module.split(".")[0] == package for module in imports(path))
        and not name(path).startswith(DOORS[package])
    ]
    assert not strangers


@pytest.mark.parametrize("path", OURS, ids=name)
def test_nobody_reads_the_clock_behind_our_back(path: Path) -> None:
    """The time is read at the entry points and passed down."""
    entry_points = (
        "aggregator/cli",
        "aggregator/review",
        "demo",
        "benchmarks",
        "crawler/clock.py",
        "scheduler.py",
    )
    if name(path).startswith(entry_points):
        return
    calls = [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr in {"now", "utcnow", "today"}
        and isinstance(node.value, ast.Name)
        and node.value.id in {"datetime", "date"}
    ]
    assert not calls


@pytest.mark.xdist_group("house")
def test_tests_that_share_something_dear_run_in_one_worker(request: pytest.FixtureRequest) -> None:
    """The pair of pytest and pytest-xdist in use honours groups: pytest 9.2 with xdist 3.8 did not."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        assert request.node.nodeid.endswith("@house")
