"""How right the product is: predicts all four measures of the gold data and prints the scorers' tables.

`python -m benchmarks.score [GOLD]`; GOLD is the folder that holds pages/ dedupe/ urls/ matching/ and
the scorers score_*.py, by default the one that the environment names. Pages are scored again without the
directory of outlets, and both ways on the domains that `train_weights` holds out: what extraction reads
off pages it has not learned from. Behind each table stand the classes of what is still wrong.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.accuracy.__main__ import MEASURES, write_predictions
from benchmarks.accuracy.pages import rows_of
from benchmarks.misses import classes_of
from benchmarks.train_weights import is_held_out

# Where a scorer wants the gold file itself, not the folder in which it lies.
FILES = {"urls": "pairs.jsonl"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Score every measure; the exit code is the worst of the scorers'."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.score", description=__doc__)
    standard = Path(os.environ.get("GOLD", "../shared/corpus"))
    parser.add_argument("gold", type=Path, nargs="?", default=standard, help="the folder of gold data")
    parser.add_argument("--keep", type=Path, help="keep the predictions in this folder")
    options = parser.parse_args(arguments)
    missing = [name for name in _needed() if not (options.gold / name).exists()]
    if missing:
        parser.error(f"{options.gold} holds no {', '.join(missing)}")
    with tempfile.TemporaryDirectory() as folder:
        place = options.keep or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        codes = [score(measure, options.gold, place) for measure in MEASURES]
        return max(*codes, *score_pages_again(options.gold, place))


def _needed() -> list[str]:
    return [name for measure in MEASURES for name in (measure, f"score_{measure}.py")]


def score(measure: str, gold: Path, place: Path) -> int:
    """Predict and score one measure; answers the scorer's exit code."""
    out = place / f"{measure}.jsonl"
    write_predictions(measure, gold, out)
    print(f"\n== {measure}\n", flush=True)
    return _run_scorer(measure, gold, gold / measure / FILES.get(measure, ""), out)


def score_pages_again(gold: Path, place: Path) -> Iterator[int]:
    """Score pages without the directory, and both ways on held-out domains; the scorer's exit codes."""
    print_misses(gold, place / "pages.jsonl")
    bare = place / "pages-without-directory.jsonl"
    write_predictions("pages", gold, bare, directory_of_outlets=None)
    print("\n== pages, without the directory of outlets\n", flush=True)
    yield _run_scorer("pages", gold, gold / "pages", bare)
    print_misses(gold, bare)
    for said, how in ((place / "pages.jsonl", "with"), (bare, "without")):
        yield score_held_out(gold, said, how)


def score_held_out(gold: Path, said: Path, how: str) -> int:
    """Score the predictions for the pages of held-out domains alone; answers the scorer's exit code."""
    rows = [row for row in rows_of(gold) if is_held_out(row["domain"])]
    held_out, out = said.with_name("held-out.jsonl"), said.with_name(f"held-out-{said.name}")
    held_out.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    ids = {row["id"] for row in rows}
    lines = said.read_text(encoding="utf-8").splitlines(keepends=True)
    out.write_text("".join(line for line in lines if json.loads(line)["id"] in ids), encoding="utf-8")
    print(f"\n== pages of the domains held out in training, {how} the directory of outlets\n", flush=True)
    return _run_scorer("pages", gold, held_out, out)


def print_misses(gold: Path, said: Path) -> None:
    """Print what is still wrong, by field and class."""
    lines = map(json.loads, said.read_text(encoding="utf-8").splitlines())
    answers = {line["id"]: line for line in lines}
    found = classes_of((row, answers.get(row["id"], {})) for row in rows_of(gold))
    for field, classes in found.items():
        told = ", ".join(f"{number} {name}" for name, number in classes.most_common())
        print(f"still wrong, {field}: {told or 'nothing'}", flush=True)


def _run_scorer(measure: str, gold: Path, answers: Path, out: Path) -> int:
    command = [sys.executable, str(gold / f"score_{measure}.py"), str(answers), str(out)]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
