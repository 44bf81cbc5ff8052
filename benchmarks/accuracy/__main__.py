"""`python -m benchmarks.accuracy MEASURE --gold DIR --out FILE`: write a measure's predictions as JSON lines.

A measure is a file of this package with `predict(gold: Path) -> Iterator[dict]`; the
scorers `DIR/score_*.py` read what is written here.
"""

import argparse
import json
from importlib import import_module
from pathlib import Path
from typing import Any

MEASURES = ("pages", "dedupe", "urls", "matching")


def write_predictions(measure: str, gold: Path, out: Path, **more: Any) -> int:
    """Write one measure's predictions; answers how many. `more` goes to the measure's `predict`."""
    predict = import_module(f"benchmarks.accuracy.{measure}").predict
    count = 0
    with out.open("w", encoding="utf-8") as lines:
        for prediction in predict(gold, **more):
            lines.write(json.dumps(prediction, ensure_ascii=False) + "\n")
            count += 1
    return count


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("measure", choices=MEASURES)
    parser.add_argument(
        "--gold", type=Path, required=True, help="the folder that holds pages/ dedupe/ urls/ matching/"
    )
    parser.add_argument("--out", type=Path, required=True, help="the file to write")
    parser.add_argument(
        "--outlets", help="pages: a folder of outlet files, or none (by default the product's own)"
    )
    args = parser.parse_args()
    more: dict[str, Path | None] = {}
    if args.outlets:
        if args.measure != "pages":
            parser.error("--outlets is for the measure pages")
        more["directory_of_outlets"] = None if args.outlets == "none" else Path(args.outlets)
    if not (args.gold / args.measure).is_dir():
        parser.error(f"{args.gold} holds no folder {args.measure}/")
    print(f"{write_predictions(args.measure, args.gold, args.out, **more)} predictions in {args.out}")


if __name__ == "__main__":
    main()
