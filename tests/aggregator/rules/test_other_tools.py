"""What people type in other tools is read, or refused, just as the table of docs/rules.md says."""

import re
from pathlib import Path

import pytest

from aggregator.errors import RuleError
from aggregator.rules import And, Hashtag, Phrase, parse

DOCS = Path(__file__).parents[3] / "docs" / "rules.md"
CODE = re.compile("`([^`]+)`")


def rows() -> list[tuple[str, str]]:
    """What is typed, and what the table says that it is here."""
    table = (
        DOCS.read_text(encoding="utf-8").partition("## If you come from elsewhere")[2].partition("\n## ")[0]
    )
    lines = [line for line in table.splitlines() if line.startswith("| ")][1:]
    cells = [line.replace("\\|", "\0").strip("|").split("|") for line in lines]
    return [(typed.replace("\0", "|"), here.replace("\0", "|").strip()) for _, typed, here in cells]


@pytest.mark.parametrize(("typed", "here"), rows())
def test_each_row_of_the_table_is_true(typed: str, here: str) -> None:
    code = CODE.search(typed)
    assert code is not None
    if here.startswith("column "):
        with pytest.raises(RuleError) as mistake:
            parse(code.group(1))
        assert str(mistake.value) == here
    elif here == "the same":
        parse(code.group(1))
    else:
        meant = CODE.search(here)
        assert meant is not None and parse(code.group(1)) == parse(meant.group(1))


def test_the_table_has_the_tools_that_people_come_from() -> None:
    text = DOCS.read_text(encoding="utf-8")
    for tool in ("Meltwater", "Media Cloud", "Google Alerts"):
        assert text.count(f"| {tool} |") >= 10


@pytest.mark.parametrize("rule", ['"cs(ICE) w/s beta^9"', "women's AND workers' rights", "'tis OR 'twas"])
def test_what_only_looks_foreign_is_read(rule: str) -> None:
    assert isinstance(parse(rule), And | Phrase | Hashtag) or " OR " in rule
