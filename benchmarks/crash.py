"""Kills a process that takes in articles and decides, two hundred times, and counts what is lost or twice.

`python -m benchmarks.crash [KILLS] [URL]` prints one line at the end; the moments are seeded.
"""

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from sqlalchemy import func, select, text

from aggregator.store import decisions
from aggregator.store.session import Store
from aggregator.store.tables import article_versions, articles, leads, members
from tests.aggregator.samples import open_intake

ARTICLES = 2_000


def run(url: str, lines: int | None) -> Iterator[str]:
    """What a process says that is killed after so many lines, or never."""
    command = [sys.executable, "-m", "tests.aggregator.taking_in", url, str(ARTICLES)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for number, line in enumerate(process.stdout, 1):
            yield line.strip()
            if number == lines:
                process.kill()


def losses(store: Store, said: Counter[str]) -> dict[str, int]:
    """How far what is there differs from what was acknowledged."""
    with store.reading() as c:
        counts = [
            c.scalar(select(func.count()).select_from(table)) or 0
            for table in (articles, article_versions, members)
        ]
        waiting = c.scalar(select(func.count()).select_from(leads).where(leads.c.status != "done")) or 0
        taken = {decision.id for decision in decisions.every(c)}
        checked = list(c.scalars(text("PRAGMA integrity_check"))) if store.is_sqlite else ["ok"]
    acknowledged = {int(line.split()[1]) for line in said if line.startswith("decided")}
    return {
        "articles lost": ARTICLES - min(counts),
        "articles twice": max(counts) - ARTICLES + sum(said.values()) - len(said),
        "leads lost": waiting,
        "decisions lost": len(acknowledged - taken),
        "integrity errors": sum(line != "ok" for line in checked),
    }


def main() -> None:
    """Kill, finish, count."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crash", description=__doc__)
    parser.add_argument("kills", type=int, nargs="?", default=200, help="how many (200)")
    parser.add_argument("url", nargs="?", help="a database; a SQLite file that is thrown away without")
    options = parser.parse_args()
    kills = options.kills
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(options.url or f"sqlite:///{Path(folder) / 'crash.db'}")
        open_intake(store)
        chance = Random(kills)
        said: Counter[str] = Counter()
        for _ in range(kills):
            said.update(run(store.url, chance.randint(1, 2 * ARTICLES // kills)))
        said.update(run(store.url, None))
        told = ", ".join(f"{count} {name}" for name, count in losses(store, said).items())
        print(f"{kills} kills during {ARTICLES} articles: {told}")
        store.close()


if __name__ == "__main__":
    main()
