"""The `inthenews` command as a process of its own, on a configuration folder made for one test."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aggregator import runs, settings
from crawler.clock import read_clock

HOUSE = Path(__file__).parent.parent.parent
# Two articles, one in a folder inside, and a page that is none.
SAVED = str(Path(__file__).parent / "saved")
SEED = str(Path(__file__).parent / "seed-page.txt")
DEMO = HOUSE / "demo" / "config"
CAMPAIGN = "seeking-sanctuary"
PATIENCE = 300.0
SETTINGS = """
[who]
organisation = "Local Progress (sample)"
contact = "mailto:press@localprogress.example"

[store]
data = "../data"

[politeness]
pause = "0 s"
timeout = "{timeout} s"

[schedule]
tick = "1 s"
workers = 2
"""


@dataclass(frozen=True)
class Said:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """The one JSON value on stdout."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Desk:
    """A configuration folder, and the command that is told to use it."""

    config: Path
    environment: Mapping[str, str]

    def run(self, *arguments: str, **environment: str) -> Said:
        """One command to its end."""
        ended = subprocess.run(
            self.command(*arguments),
            cwd=HOUSE,
            env=os.environ | self.environment | environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        return Said(ended.returncode, ended.stdout, ended.stderr)

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """One command in a process group of its own, still running."""
        return subprocess.Popen(
            self.command(*arguments),
            cwd=HOUSE,
            env=os.environ | self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def command(self, *arguments: str) -> list[str]:
        """What is typed."""
        return [sys.executable, "-m", "aggregator.cli", "--config", str(self.config), *arguments]

    def house(self) -> runs.House:
        """The same house, opened in this process."""
        return runs.open_house(settings.load(self.config, self.environment), read_clock())


def make_desk(folder: Path, proxy: str, outlets: str, *, timeout: float = 20, database: str = "") -> Desk:
    """A configuration with these outlets and the sample campaign, its data beside it."""
    config = folder / "config"
    (config / "outlets").mkdir(parents=True)
    (config / "outlets" / "all.toml").write_text(outlets, encoding="utf-8")
    (config / "settings.toml").write_text(SETTINGS.format(timeout=timeout), encoding="utf-8")
    (config / "campaigns").mkdir()
    campaign = (DEMO / "campaigns" / f"{CAMPAIGN}.toml").read_text(encoding="utf-8")
    (config / "campaigns" / f"{CAMPAIGN}.toml").write_text(campaign, encoding="utf-8")
    environment = {"INTHENEWS_PROXY": proxy, "NO_COLOR": "1"}
    return Desk(config, environment | ({"INTHENEWS_DATABASE": database} if database else {}))
