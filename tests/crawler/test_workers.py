"""Workers that hang, eat memory or die cost their own work and nothing else."""

import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from crawler.errors import UnreadableFeed
from crawler.workers import Spoilt, Workers
from tests.crawler.processes import ends_within

MIB = 1024 * 1024


def answer(standing: str, number: int) -> tuple[str, int]:
    return standing, number


def spin(_: str) -> None:
    while True:
        pass


def eat(_: str) -> int:
    return len(bytearray(1024 * MIB))


def seconds_left(_: str) -> float:
    return signal.getitimer(signal.ITIMER_PROF)[0]


def die(_: str) -> None:
    os._exit(3)


def stumble(_: str) -> None:
    raise ZeroDivisionError("by nothing")


def refuse(_: str) -> None:
    raise UnreadableFeed("the answer is empty")


def run_apart(work: Coroutine[Any, Any, Any]) -> Any:
    """Run this in a thread of its own: a browser that other tests drive holds the loop of this one."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, work).result()


def with_workers(work: Callable[[Workers], Coroutine[Any, Any, Any]]) -> Any:
    """Do this with one worker, and send it home."""
    workers = Workers(1, 1.0, 256 * MIB, "outlets")
    try:
        return run_apart(work(workers))
    finally:
        workers.close()


def test_a_deadline_counts_the_seconds_on_the_processor_and_begins_with_the_work() -> None:
    async def work(workers: Workers) -> None:
        for _ in range(2):
            left = await workers.run(seconds_left)
            assert isinstance(left, float) and 0.5 < left < 1.1

    with_workers(work)


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (spin, "longer than 1 s"),
        (eat, "more memory"),
        (die, "ended the worker (exit code 3)"),
        (stumble, "failed (ZeroDivisionError: by nothing)"),
    ],
)
def test_bad_work_is_told_and_the_next_is_done(bad: Callable[[str], None], words: str) -> None:
    async def work(workers: Workers) -> list[Any]:
        return list(await asyncio.gather(workers.run(bad), *(workers.run(answer, n) for n in range(20))))

    spoilt, *rest = with_workers(work)
    assert isinstance(spoilt, Spoilt)
    assert words in spoilt.reason
    assert rest == [("outlets", number) for number in range(20)]


def test_what_a_reader_says_on_purpose_is_raised() -> None:
    async def work(workers: Workers) -> None:
        await workers.run(refuse)

    with pytest.raises(UnreadableFeed, match="empty"):
        with_workers(work)


def test_no_worker_is_there_before_there_is_work() -> None:
    before = multiprocessing.active_children()
    idle = Workers(2, 1.0, 256 * MIB, "outlets")
    assert multiprocessing.active_children() == before
    idle.close()

    async def work(workers: Workers) -> int:
        answers = await asyncio.gather(*(workers.run(answer, number) for number in range(4)))
        assert answers == [("outlets", number) for number in range(4)]
        return len(multiprocessing.active_children()) - len(before)

    assert with_workers(work) == 1


def test_closed_while_it_starts_nothing_stays() -> None:
    before = multiprocessing.active_children()

    async def begin(workers: Workers) -> None:
        asyncio.ensure_future(workers.run(answer, 1)).cancel()
        await asyncio.sleep(0)

    with_workers(begin)
    assert multiprocessing.active_children() == before


OWNER = """
import asyncio, os, signal
from crawler.workers import Workers
from tests.crawler.test_workers import worker_id
async def main():
    workers = Workers(1, 60.0, 256 * 2**20, "outlets")
    print(await workers.run(worker_id), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
if __name__ == "__main__":
    asyncio.run(main())
"""


def worker_id(_: str) -> int:
    return os.getpid()


def test_a_worker_whose_sweep_was_killed_ends_by_itself() -> None:
    owner = subprocess.run([sys.executable, "-c", OWNER], stdout=subprocess.PIPE, check=False, timeout=60)
    assert ends_within(int(owner.stdout), 30)
