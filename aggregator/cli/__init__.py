"""The command line: a command for each job and each question, with truthful exit codes.

Nothing is loaded before a command runs. The processes that a sweep starts read the start file
of the program again (multiprocessing's `spawn`), and none of them needs a command.
"""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None, *, alone: bool = False) -> int:
    """Run one command and answer its exit code; what goes wrong is told in one line on stderr.

    `alone`: the process ends with it.
    """
    from aggregator.cli.commands import run_command

    return run_command(arguments, alone=alone)


def run() -> None:
    """The console script."""
    sys.exit(main(alone=True))
