"""The documents name what is there: links lead somewhere, commands exist."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from aggregator.cli.commands import app

HOUSE = Path(__file__).parent.parent
PAGES = [HOUSE / "README.md", *sorted((HOUSE / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)\s#]+)")
COMMAND = re.compile(r"`inthenews ((?:[a-z][a-z-]*)(?: [a-z][a-z-]*)?)")


def name(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    dead = [
        link for link in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / link).exists()
    ]
    assert not dead


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_that_are_named_exist(page: Path) -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]
    unknown = []
    for words in COMMAND.findall(page.read_text(encoding="utf-8")):
        first, _, second = words.partition(" ")
        group = getattr(commands.get(first), "commands", None)
        if first not in commands or (group is not None and second and second not in group):
            unknown.append(words)
    assert not unknown
