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
