"""How a sweep takes in a folder of saved pages, served at their own addresses, beside news-please.

`python -m benchmarks.replay [GOLD] [--pages 150] [--rounds 3]` replays GOLD/pages by a press behind a
proxy, takes everything in by `inthenews sweep`, and tells what became of each page. Then both
sides, in turn, read every n-th page so that `--pages` of them are read, `--rounds` times; medians are
compared, also with a bare Scrapy spider that throws the same pages away: the floor of any crawler on
Scrapy. A page lost without a cause makes the exit code 1. The peer lives in build/bench-venv.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.expense import HOUSE, Expense, run_command
from benchmarks.replay_accuracy import compare_accuracy
from benchmarks.replay_house import LOST, STORED, Fate, furnish, tell_fates
from crawler.clock import read_clock
from demo.press import Press
from demo.replay import FEED_PATH, Replay, replay

PEERS = HOUSE / "build" / "bench-venv"
PEER = "news-please==1.6.16"
SWEPT = (0, 3)  # done; done with sources that failed
Read = Mapping[str, Any]  # what replay_peer.py writes of a page


def main() -> int:
    """Replay, compare, print."""
    options = _read_options()
    told = replay(options.gold)
    with tempfile.TemporaryDirectory(prefix="replay-") as name:
        folder = Path(name)
        with Press(told.sites).serving() as press:
            expense, fates = sweep(told, press, folder / "whole")
            served = count_served(press)
        print_fates(fates, served, expense)
        if options.rounds:
            some = choose(options.gold, options.pages, folder / "some")
            fates, read = compare(some, options.rounds, folder)
            if (options.gold / "score_pages.py").is_file():
                compare_accuracy(options.gold, folder / "some" / "pages" / "index.jsonl", fates, read)
    return int(any(fate.outcome == LOST for fate in fates))


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.replay", description=__doc__)
    standard = os.environ.get("GOLD", "../shared/corpus")
    parser.add_argument("gold", type=Path, nargs="?", default=Path(standard), help="the folder with pages/")
    parser.add_argument("--pages", type=int, default=150, help="how many pages are read in each timed round")
    parser.add_argument("--rounds", type=int, default=3, help="timed rounds of each side; 0 leaves them out")
    options = parser.parse_args()
    if not (options.gold / "pages" / "index.jsonl").is_file():
        parser.error(f"{options.gold} holds no pages/index.jsonl")
    return options


def choose(gold: Path, count: int, folder: Path) -> Replay:
    """Every n-th page of the gold, `count` of them, as a replay of their own."""
    lines = [line for line in (gold / "pages" / "index.jsonl").read_text("utf-8").splitlines() if line]
    count = min(count, len(lines))
    rows = [json.loads(lines[number * len(lines) // count]) for number in range(count)]
    there = (gold / "pages").resolve()
    (folder / "pages").mkdir(parents=True)
    index = "\n".join(json.dumps(row | {"html": str(there / row["html"])}) for row in rows)
    (folder / "pages" / "index.jsonl").write_text(index, encoding="utf-8")
    return replay(folder)


def sweep(told: Replay, press: Press, folder: Path) -> tuple[Expense, tuple[Fate, ...]]:
    """Take everything in by the product's own command, in a fresh house."""
    house = furnish(folder, told.feeds, read_clock())
    command = [sys.executable, "-m", "aggregator.cli", "--config", str(folder), "--quiet", "sweep"]
    expense = run_command(command, {"INTHENEWS_PROXY": press.proxy_url})
    if expense.code not in SWEPT:
        raise SystemExit(f"the sweep ended with exit code {expense.code}:\n{expense.words}")
    return expense, tell_fates(house, told)


def count_served(press: Press) -> int:
    """How many pages the press was asked for and gave."""
    beside = ("/robots.txt", FEED_PATH)
    return sum(visit.status == 200 and visit.path not in beside for visit in press.log)


def print_fates(fates: Sequence[Fate], served: int, expense: Expense) -> None:
    """How many pages ended how, and each that is not an article of its own, with its cause."""
    print(f"{len(fates)} pages in the folder, {served} served", end="")
    print(f", {len(fates) / expense.wall:.1f} a second ({len(fates) / expense.cpu:.1f} a CPU second)")
    for outcome, count in Counter(fate.outcome for fate in fates).most_common():
        print(f"{count:6} {outcome}")
    for fate in sorted(fates, key=lambda fate: (fate.outcome, fate.reason)):
        if fate.outcome != STORED:
            print(f"  {fate.page.id} {fate.outcome}: {fate.reason}\n      {fate.page.url}")
    read = [fate.article for fate in fates if fate.article]
    for field in ("headline", "published", "text"):
        print(f"{sum(not getattr(article, field) for article in read):6} stored without {field}")
    for access, count in Counter(article.access for article in read).most_common():
        print(f"{count:6} stored as {access}")


def compare(told: Replay, rounds: int, folder: Path) -> tuple[tuple[Fate, ...], list[Read]]:
    """Both sides in turn on the same pages from the same press; answers what each read in the last round."""
    python = peer_python()
    print(f"\n{len(told.pages)} pages of {len(told.feeds)} hosts, {rounds} rounds of each side in turn")
    ours, theirs, floor = [], [], []
    for number in range(rounds):
        with Press(told.sites).serving() as press:
            expense, fates = sweep(told, press, folder / f"round-{number}")
        ours.append(expense)
        articles = [fate.article for fate in fates if fate.article]
        print_round("inthenews sweep", expense, [bool(one.headline and one.text) for one in articles])
        with Press(told.sites).serving() as press:
            expense, read = run_peer(python, told, press, folder / f"peer-{number}")
        theirs.append(expense)
        print_round("news-please", expense, [bool(one["headline"] and one["characters"]) for one in read])
        with Press(told.sites).serving() as press:
            floor.append(run_floor(told, press, folder / f"floor-{number}"))
        print_round("a bare spider", floor[-1], [])
    print_medians(len(told.pages), {"inthenews": ours, "a bare spider": floor}, theirs)
    return fates, read


def print_medians(pages: int, sides: Mapping[str, Sequence[Expense]], theirs: Sequence[Expense]) -> None:
    """Pages a second of each side, and how many times as fast as the peer it is."""
    for word in ("wall", "cpu"):
        they = pages / median(getattr(one, word) for one in theirs)
        for side, spent in sides.items():
            we = pages / median(getattr(one, word) for one in spent)
            told = f"{we:.1f} pages a second against {they:.1f}, {we / they:.2f} times"
            print(f"{side}, median by {word} time: {told}")


def print_round(side: str, expense: Expense, whole: Sequence[bool]) -> None:
    """One run of one side; `whole` says of each article whether it has a headline and a text."""
    print(f"  {side:<16}{expense.wall:7.1f} s {expense.cpu:7.1f} CPU s", end="")
    print(f"{sum(whole):6} with headline and text", flush=True)


def peer_python() -> Path:
    """The interpreter of the peer's own virtual environment, made when it is missing."""
    python = PEERS / "bin" / "python"
    if not python.exists():
        venv.create(PEERS, with_pip=True)
    if subprocess.run([python, "-m", "pip", "install", "--quiet", PEER], check=False).returncode:
        raise SystemExit(f"{PEER} could not be installed in {PEERS}; --rounds 0 does without it")
    return python


def run_peer(python: Path, told: Replay, press: Press, folder: Path) -> tuple[Expense, list[Read]]:
    """The peer reads the same addresses by the same proxy; answers what it read."""
    folder.mkdir()
    addresses, out = folder / "addresses.txt", folder / "read.jsonl"
    addresses.write_text("\n".join(told.pages), encoding="utf-8")
    proxies = dict.fromkeys(("http_proxy", "https_proxy"), press.proxy_url)
    expense = run_command([python, HOUSE / "benchmarks" / "replay_peer.py", addresses, out], proxies)
    if expense.code:
        raise SystemExit(f"news-please ended with exit code {expense.code}:\n{expense.words}")
    return expense, [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def run_floor(told: Replay, press: Press, folder: Path) -> Expense:
    """A bare spider asks for the same addresses by the same proxy, and reads none of them."""
    folder.mkdir()
    addresses = folder / "addresses.txt"
    addresses.write_text("\n".join(told.pages), encoding="utf-8")
    expense = run_command(
        [sys.executable, HOUSE / "benchmarks" / "bare_spider_peer.py", addresses, press.proxy_url], {}
    )
    if expense.code or count_served(press) != len(told.pages):
        raise SystemExit(f"the bare spider ended with exit code {expense.code}:\n{expense.words}")
    return expense


if __name__ == "__main__":
    sys.exit(main())
