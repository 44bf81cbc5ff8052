"""A first configuration: settings, one outlet, one campaign, each with a word on what to change."""

from pathlib import Path

SETTINGS = """\
# Who we are and where things lie.

[who]
organisation = "Your Organisation"
# Outlets see this address in every request. Put a page or a mailbox that a person reads.
contact = "mailto:press@your-organisation.example"

[store]
data = "../data"

[politeness]
pause = "1 second"

[schedule]
tick = "1 min"
"""
OUTLET = """\
# One table an outlet. `inthenews sources discover https://…` finds feeds and sitemaps.

[the-daily-example]
name = "The Daily Example"
domains = ["daily.example"]
scope = "local"
language = "en"
country = "US"
timezone = "America/New_York"
feeds = ["https://daily.example/feed.xml"]
"""
CAMPAIGN = """\
# What people write when they write about you.

name = "Clean Rivers"
own_domains = ["your-organisation.example"]
languages = ["en"]
# The days of the event, and how many days before and after an article may appear.
starts_on = 2026-05-04
ends_on = 2026-05-05
grace_before = 7
grace_after = 60

[pack]
hashtags = ["#CleanRivers"]
names = ["Clean Rivers Summit"]
hosts = ["Your Organisation"]
people = []
places = []
context = ["river pollution"]

[form]
title = "Clean Rivers in the News"
"""
FILES = {"settings.toml": SETTINGS, "outlets/ours.toml": OUTLET, "campaigns/clean-rivers.toml": CAMPAIGN}


def write_sample_configuration(folder: Path) -> list[Path]:
    """Write the files that are not there yet; answers those that were written."""
    written = []
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_text(text, encoding="utf-8")
            written.append(path)
    return written
