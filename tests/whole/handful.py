"""A handful of the sample press's outlets, for roads that are walked more than once."""

import tomllib
from collections.abc import Collection

import tomlkit

from demo.newsroom import Newsroom
from demo.press import Press
from demo.sample import editions
from tests.whole.commands import DEMO

HANDFUL = (
    "apnews.example",
    "commondreams.example",
    "khq.example",
    "localprogress.example",
    "nbcnews.example",
    "thefreepress.example",
    "wbrz.example",
)


def newsrooms(hosts: Collection[str] = HANDFUL) -> list[Newsroom]:
    """These outlets, each with all its pieces."""
    return [Newsroom(each.masthead, each.pieces) for each in editions() if each.masthead.host in hosts]


def handful_press(hosts: Collection[str] = HANDFUL) -> Press:
    """These outlets on the air; start it with `serving()`."""
    return Press(newsrooms(hosts))


def outlet_tables(hosts: Collection[str] = HANDFUL) -> str:
    """What the demo's outlet files say of these outlets."""
    tables = {}
    for path in sorted((DEMO / "outlets").glob("*.toml")):
        for slug, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if set(hosts) & {domain.partition("/")[0] for domain in table["domains"]}:
                tables[slug] = table
    return tomlkit.dumps(tables)
