"""How right the product is: predicts all four measures of the gold data and prints the scorers' tables.

`python -m benchmarks.score [GOLD]`; GOLD is the folder that holds pages/ dedupe/ urls/ matching/ and
the scorers score_*.py, by default the one that the environment names.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.accuracy.__main__ import MEASURES, write_predictions


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
        return max([score(measure, options.gold, place) for measure in MEASURES])


def _needed() -> list[str]:
    return [name for measure in MEASURES for name in (measure, f"score_{measure}.py")]


def score(measure: str, gold: Path, place: Path) -> int:
    """Predict and score one measure; answers the scorer's exit code."""
    out = place / f"{measure}.jsonl"
    write_predictions(measure, gold, out)
    print(f"\n== {measure}\n", flush=True)
    scorer = gold / f"score_{measure}.py"
    return subprocess.run(
        [sys.executable, str(scorer), str(gold / measure), str(out)], check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
