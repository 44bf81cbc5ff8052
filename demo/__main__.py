"""`make demo`: the whole job on the sample press, by the commands that a team would type.

It starts the press, sweeps it, takes the decisions a comms person would take (accept, and
the order within a day, nothing else), prints the list and says where its exports lie.
"""

import os
import shutil
import sys
from pathlib import Path

from aggregator.cli import main as inthenews
from demo.expected import expected
from demo.sample import sample_press

CONFIG = Path(__file__).parent / "config"
CAMPAIGN = "seeking-sanctuary"
DATA = Path(__file__).parent.parent / "build" / "demo"


def run() -> int:
    """The whole job; the first command that fails ends it with its exit code."""
    shutil.rmtree(DATA, ignore_errors=True)
    with sample_press().serving() as press:
        os.environ["INTHENEWS_PROXY"] = press.proxy_url
        for words, arguments in _steps():
            print(
                f"\n# {words}\n$ inthenews {' '.join(_short(argument) for argument in arguments)}", flush=True
            )
            code = inthenews(["--config", str(CONFIG), "--by", "demo", *arguments])
            if code:
                return code
    _tell_where()
    return 0


def _steps() -> list[tuple[str, list[str]]]:
    listed = [entry.url for entry in expected().listed]
    return [
        ("Look at every source and read what is new.", ["--quiet", "sweep"]),
        (
            "What waits for a person, and why. This is where a person reads and decides.",
            ["desk", "queue", CAMPAIGN],
        ),
        ("Accept the thirteen that the organisation's page had.", ["desk", "accept", CAMPAIGN, *listed]),
        ("Put them in the order that the page had.", ["desk", "reorder", CAMPAIGN, *listed]),
        ("Write the exports.", ["publish"]),
        ("The list.", ["list", CAMPAIGN]),
    ]


def _short(argument: str) -> str:
    return argument if len(argument) < 100 else argument[:97] + "…"


def _tell_where() -> None:
    folder = DATA / "exports" / CAMPAIGN
    print(f"The exports lie in {folder}:")
    for path in sorted(folder.iterdir()):
        print(f"  {path.name}")
    print(
        "\nWhat the page had missed still waits at the desk. To see it:\n"
        f"  {Path(sys.executable).parent / 'inthenews'} --config {CONFIG} serve"
    )


if __name__ == "__main__":
    sys.exit(run())
