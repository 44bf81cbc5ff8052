"""`python -m benchmarks.score GOLD`: predict all four measures and print the scorers' tables."""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.accuracy.__main__ import MEASURES, write_predictions


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.score", description=__doc__)
    parser.add_argument(
        "gold", type=Path, help="the folder that holds pages/ dedupe/ urls/ matching/ and score_*.py"
    )
    parser.add_argument("--keep", type=Path, help="keep the predictions in this folder")
    args = parser.parse_args()
    if not args.gold.is_dir():
        parser.error(f"no such folder: {args.gold}")
    with tempfile.TemporaryDirectory() as folder:
        place = args.keep or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        return max(score(measure, args.gold, place) for measure in MEASURES)


def score(measure: str, gold: Path, place: Path) -> int:
    """Predict and score one measure; answers the scorer's exit code."""
    out = place / f"{measure}.jsonl"
    write_predictions(measure, gold, out)
    print(f"\n== {measure}\n", flush=True)
    scorer = gold / f"score_{measure}.py"
    answers = gold / measure / "pairs.jsonl" if measure == "urls" else gold / measure
    return subprocess.run([sys.executable, str(scorer), str(answers), str(out)], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
