"""What a command costs: wall seconds, and CPU seconds of all the processes that it started. Linux only.

`python -m benchmarks.expense COMMAND…` runs it and prints both as JSON on the last line. Workers often
outlive the process that made them for a moment; here the orphans are adopted and waited
for, so that their work is counted too.
"""

import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

HOUSE = Path(__file__).parent.parent
PR_SET_CHILD_SUBREAPER = 36


class Expense(NamedTuple):
    """What one run of a command came to; `code` is its exit code, `words` what it said."""

    wall: float
    cpu: float
    code: int
    words: str


def run_command(command: Sequence[str | Path], environment: Mapping[str, str]) -> Expense:
    """Run a command of this house, in a process of its own, with this added to the environment.

    Its modules are compiled once and not with every start, as those of a package that is installed.
    """
    paths = os.pathsep.join(filter(None, (str(HOUSE), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.expense", *command],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPATH": paths, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
    )
    words, _, told = done.stdout.rstrip("\n").rpartition("\n")
    return Expense(**json.loads(told), words=words)


def tell_expense() -> None:
    """Run the command given by the arguments, and print what it came to."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "orphans cannot be adopted here")
    started = time.monotonic()
    code = subprocess.run(sys.argv[1:], check=False).returncode
    wall = time.monotonic() - started
    with suppress(ChildProcessError):  # there is none left
        while True:
            os.wait()
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"\n{json.dumps({'wall': wall, 'cpu': spent.ru_utime + spent.ru_stime, 'code': code})}")


if __name__ == "__main__":
    tell_expense()
