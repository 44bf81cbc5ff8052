"""Ctrl-C reaches the process that a person started, and none that it has started."""

import subprocess
import sys

import pytest

ASK = """
import multiprocessing, signal
from crawler.interrupts import kept_from_children

context = multiprocessing.get_context({start!r})
with kept_from_children():
    pool = context.Pool(1)
asked = (signal.SIG_BLOCK, ())
theirs, ours = pool.apply(signal.pthread_sigmask, asked), signal.pthread_sigmask(*asked)
print(signal.SIGINT in theirs, signal.SIGINT in ours)
pool.close()
pool.join()
"""


@pytest.mark.parametrize("start", ["spawn", "forkserver"])
def test_what_is_started_never_hears_of_an_interrupt_and_who_starts_it_does(start: str) -> None:
    """In a fresh process: the first one that multiprocessing starts there unblocks interrupts on its way."""
    said = subprocess.run(
        [sys.executable, "-c", ASK.format(start=start)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert said.stdout == "True False\n"
