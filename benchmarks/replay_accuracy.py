"""What both sides of a replay read right, by the gold's own scorer, on domains that we never trained on."""

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.accuracy.pages import prediction_of
from benchmarks.replay_house import Fate
from benchmarks.train_weights import is_held_out

# Not the outlet: the peer gives a domain where the gold has a name.
SHOWN = ("headline", "headline_any", "published_day", "published_instant", "authors_f1", "language")


def compare_accuracy(
    gold: Path, index: Path, fates: Sequence[Fate], read: Iterable[Mapping[str, Any]]
) -> None:
    """Print the share that each side has right of the pages of `index`.

    `fates` are what we stored, `read` is what the peer wrote.
    """
    rows = [json.loads(line) for line in index.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if is_held_out(row["domain"])]
    if not rows:
        return
    ids = {fate.page.url: fate.page.id for fate in fates}
    ours = [prediction_of(fate.page.id, fate.article) for fate in fates if fate.article]
    theirs = [{**page, "id": ids[page["url"]]} for page in read]
    sides = [_score(gold, rows, guesses, index.parent) for guesses in (ours, theirs)]
    print(f"\nright on the {len(rows)} pages of domains held out in training: inthenews, news-please")
    for name in SHOWN:
        if name in sides[0]:
            we, they = (100 * side[name]["mean"] for side in sides)
            print(f"  {name:<18} n={sides[0][name]['n']:<4} {we:5.1f}% {they:5.1f}%")


def _score(gold: Path, rows: Sequence[Mapping[str, Any]], guesses: list[dict[str, Any]], place: Path) -> Any:
    answers, out = place / "held-out.jsonl", place / "guesses.jsonl"
    for path, lines in ((answers, rows), (out, guesses)):
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    command = [sys.executable, str(gold / "score_pages.py"), str(answers), str(out), "--json"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(told)["measures"]
