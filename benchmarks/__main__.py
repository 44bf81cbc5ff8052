"""`python -m benchmarks [NAME…]` runs these benchmarks, or all; `--list` tells what each measures.

A benchmark is a file of this folder that has a `main()`; peers (`*_peer.py`) and training
(`train_*.py`) are none. Those that read gold data take its folder from GOLD in the environment. Options of a
single one: `python -m benchmarks.NAME --help`.
"""

import argparse
import ast
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

HERE = Path(__file__).parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Run or list; the exit code is 1 where a benchmark failed."""
    known = dict(find_benchmarks(HERE))
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(known)}; all without")
    parser.add_argument("--list", action="store_true", help="tell what each benchmark measures")
    options = parser.parse_args(arguments)
    strangers = [name for name in options.names if name not in known]
    if strangers:
        parser.error(f"no such benchmark: {', '.join(strangers)}; there are {', '.join(known)}")
    if options.list:
        for name, sentence in known.items():
            print(f"{name:<12}{sentence}")
        return 0
    return run(options.names or list(known))


def find_benchmarks(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and first line of every benchmark of a folder, by name; nothing is imported for it."""
    for path in sorted(folder.glob("*.py")):
        if path.stem.startswith(("_", "train_")) or path.stem.endswith("_peer"):
            continue
        module = ast.parse(path.read_text(encoding="utf-8"))
        if any(isinstance(node, ast.FunctionDef) and node.name == "main" for node in module.body):
            yield path.stem, (ast.get_docstring(module) or "").partition("\n")[0]


def run(names: Sequence[str]) -> int:
    """Each in a process of its own, so that none warms another up; a failed one never stops the rest."""
    failed = []
    for name in names:
        print(f"\n# {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"\nfailed: {', '.join(failed)}", file=sys.stderr)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
