"""Campaigns by command: written to a file and read back, ended and taken up again."""

import re
from pathlib import Path

from aggregator import campaigns
from demo.expected import expected
from tests.whole.commands import CAMPAIGN, DEMO, SAVED, make_desk
from tests.whole.conftest import Run

FIRST = expected().listed[0].url


def test_a_campaign_written_to_a_file_reads_back_the_same(run: Run, tmp_path: Path) -> None:
    file = tmp_path / f"{CAMPAIGN}.toml"
    assert run("campaigns", "export", CAMPAIGN, "--out", str(file)).code == 0
    assert campaigns.load_file(file) == campaigns.load_file(DEMO / "campaigns" / file.name)
    file.write_text("name = 'Seeking Sanctuary'\nrule = 'title:\"We Cannot Hide\"'\n", encoding="utf-8")
    tried = run("--json", "campaigns", "edit", str(file)).value
    assert tried["lost"] > 0
    assert run("--json", "campaigns", "versions", CAMPAIGN).value[0]["version"] == 1
    assert run("campaigns", "import", str(file)).code == 0
    assert run("--json", "campaigns", "versions", CAMPAIGN).value[0]["version"] == 2


def test_an_ended_campaign_is_not_looked_for_until_it_is_taken_up_again(run: Run) -> None:
    run("desk", "accept", CAMPAIGN, FIRST)
    queue, listed = run("desk", "queue", CAMPAIGN).out, run("list", CAMPAIGN).out
    assert run("campaigns", "end", CAMPAIGN).code == 0
    assert re.search(rf"{CAMPAIGN}.* \d{{4}}-\d\d-\d\d *$", run("campaigns", "show").out, re.MULTILINE)
    assert run("--json", "campaigns", "show").value[0]["ended"]
    assert "no campaign to look for" in run("backfill", SAVED).err
    assert run("list", CAMPAIGN).out == listed
    assert run("campaigns", "import", str(DEMO / "campaigns" / f"{CAMPAIGN}.toml")).code == 0
    assert CAMPAIGN in run("campaigns", "show").out
    run("campaigns", "end", CAMPAIGN)
    assert run("campaigns", "resume", CAMPAIGN).code == 0
    assert (run("desk", "queue", CAMPAIGN).out, run("list", CAMPAIGN).out) == (queue, listed)
    assert run("--json", "campaigns", "show").value[0]["ended"] is None


def test_a_file_is_added_once_and_never_in_place_of_another_campaign(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "clean-rivers.toml"
    file.write_text("name = 'Clean Rivers'\nrule = 'rivers'\n", encoding="utf-8")
    assert "clean-rivers is saved as version 1" in run("campaigns", "add", str(file)).out
    assert "clean-rivers is saved as version 1" in run("campaigns", "add", str(file)).out
    file.write_text("name = 'Other Rivers'\nrule = 'rivers'\n", encoding="utf-8")
    refused = run("campaigns", "add", str(file))
    assert refused.code == 1 and "there is a campaign 'clean-rivers' already" in refused.err
    assert "clean-rivers is saved as version 2" in run("campaigns", "edit", str(file), "--save").out


def test_a_file_that_prefers_no_outlets_takes_over_those_of_the_settings(run: Run, tmp_path: Path) -> None:
    good = '[good]\nname = "Good"\ndomains = ["good.example"]\n'
    desk = make_desk(tmp_path / "desk", "http://127.0.0.1:9", good)
    with (desk.config / "settings.toml").open("a", encoding="utf-8") as settings:
        settings.write('[list]\npreferred = ["Good"]\n')
    file = tmp_path / "clean-rivers.toml"
    file.write_text("name = 'Clean Rivers'\nrule = 'rivers'\n", encoding="utf-8")
    assert run("--config", str(desk.config), "campaigns", "add", str(file)).code == 0
    assert run("--json", "campaigns", "show", "clean-rivers").value[0]["preferred"] == ["Good"]
