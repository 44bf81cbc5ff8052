"""Campaign files as people write them."""

from pathlib import Path

import pytest

from aggregator import campaigns
from crawler.errors import ConfigError


def write(folder: Path, text: str) -> Path:
    path = folder / "clean-rivers.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_domains_may_be_pasted_as_a_browser_shows_them(tmp_path: Path) -> None:
    text = """
name = "Clean Rivers"
own_domains = ["https://www.Rivers.example/", "rivers.example"]
partner_domains = ["http://town.example/rivers/"]
[pack]
names = ["Clean Rivers"]
"""
    campaign = campaigns.load_file(write(tmp_path, text))
    assert campaign.own_domains == ("rivers.example",)
    assert campaign.partner_domains == ("town.example/rivers",)


def test_a_campaign_has_a_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"clean-rivers\.toml:1: name: must be one line of text"):
        campaigns.load_file(write(tmp_path, 'name = " "\nrule = "rivers"\n'))


def test_what_would_find_or_publish_nothing_right_is_told_with_its_line(tmp_path: Path) -> None:
    text = """
name = "Clean Rivers"
own_domains = ["our site", "rivers.example"]
partner_domains = ["press@town.example"]
languages = ["en", "Spanish", "nope", "pt-BR", "nb"]
rule = "rivers"
[form]
date = "mm/dd/yyyy"
home_url = "www.rivers.example"
"""
    with pytest.raises(ConfigError) as caught:
        campaigns.load_file(write(tmp_path, text))
    assert [(each.line, each.key) for each in caught.value.complaints] == [
        (3, "own_domains"),
        (4, "partner_domains"),
        (5, "languages"),
        (5, "languages"),
        (8, "form.date"),
        (9, "form.home_url"),
    ]
    assert "'Spanish' is no code of a language; write 'es'" in str(caught.value)


def test_a_list_may_show_no_days(tmp_path: Path) -> None:
    text = 'name = "Clean Rivers"\nrule = "rivers"\n[form]\ndate = ""\n'
    assert campaigns.load_file(write(tmp_path, text)).form.date == ""
