"""The documents name what is there: links lead somewhere, commands exist."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from typer.main import get_command

from aggregator import campaigns
from aggregator.cli.commands import app
from aggregator.records import Campaign, ListForm, Pack
from crawler import outlets

HOUSE = Path(__file__).parent.parent
PAGES = [HOUSE / "README.md", *sorted((HOUSE / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)\s#]+)")
# A path of ours in backticks; `your-…` stands for the reader's own, `*` for many.
PATH = re.compile(r"`((?:aggregator|config|crawler|demo|docs|tests|tools)/[\w./-]+)`")
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


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_files_that_are_named_exist(page: Path) -> None:
    named = PATH.findall(page.read_text(encoding="utf-8"))
    assert not [path for path in named if "/your-" not in path and not (HOUSE / path).exists()]


def test_every_key_of_a_campaign_file_is_documented() -> None:
    manual = (HOUSE / "docs" / "campaigns.md").read_text(encoding="utf-8")
    records = (fields(Campaign), fields(Pack), fields(ListForm))
    keys = {each.name for record in records for each in record} - {"slug", "version", "pack", "form"}
    assert not [key for key in sorted(keys) if f"{key}`" not in manual]


def test_the_campaign_to_copy_is_one(tmp_path: Path) -> None:
    manual = (HOUSE / "docs" / "campaigns.md").read_text(encoding="utf-8")
    (sample,) = re.findall(r"```toml\n(.*?)```", manual, re.DOTALL)
    file = tmp_path / "clean-rivers.toml"
    file.write_text(sample, encoding="utf-8")
    assert campaigns.load_file(file).name == "Clean Rivers Summit"


def test_the_outlet_to_copy_is_one(tmp_path: Path) -> None:
    manual = (HOUSE / "docs" / "outlets.md").read_text(encoding="utf-8")
    for number, sample in enumerate(re.findall(r"```toml\n(.*?)```", manual, re.DOTALL)):
        (tmp_path / f"{number}.toml").write_text(sample, encoding="utf-8")
    directory, sources = outlets.load(tmp_path)
    assert (len(directory), len(sources)) == (2, 2)
