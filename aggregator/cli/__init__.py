"""The command line: a command for each job and each question, with truthful exit codes.

Nothing is loaded before a command runs. The processes that a sweep starts read the start file
of the program again (multiprocessing's `spawn`), and none of them needs a command.
"""

import gc
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and answer its exit code; what goes wrong is told in one line on stderr."""
    from aggregator.cli.commands import run_command

    return run_command(arguments)


def run() -> None:
    """The console script, whose process ends with its command."""
    gc.disable()  # nothing of what is loaded now is garbage, and looking for some takes a tenth of the time
    try:
        from aggregator.cli.commands import run_command
    except KeyboardInterrupt:
        sys.exit(130)

    gc.freeze()
    gc.enable()
    sys.exit(run_command(alone=True))
