"""Runs a spider in a child process, so that another can be run after it, and listens to it.

What the spider tells comes back through a pipe; a word the other way, or a broken pipe, stops it.
An interrupt reaches the parent only, which passes it on, so that the item in hand is finished.
"""

import multiprocessing
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import Any

from crawler.interrupts import kept_from_children
from crawler.spiders.crawling import Ended, Errand, crawl

_STOP = "stop"


def run_errand(errand: Errand, take: Callable[[Any], None], stopping: threading.Event | None = None) -> Ended:
    """Run it; `take` gets everything the spider tells, in this process."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_run_in_child, args=(errand, theirs), name=errand.spider)
    try:
        with kept_from_children():
            child.start()
        theirs.close()
        ended = _listen(ours, child, take, stopping or threading.Event())
    finally:
        ours.close()  # a child that is still there stops when its pipe breaks
        if child.pid is not None:
            child.join()
    return ended or Ended(broken=f"the process was ended from outside (exit code {child.exitcode})")


def _listen(
    pipe: Connection, child: Any, take: Callable[[Any], None], stopping: threading.Event
) -> Ended | None:
    """Take in what the child tells until it hangs up; a first interrupt asks it to stop, a second ends it."""
    asked = interrupted = False
    while True:
        try:
            if stopping.is_set() and not asked:
                asked = _ask_to_stop(pipe)
            if pipe.poll(0.2):
                told = pipe.recv()
                if isinstance(told, Ended):
                    return replace(told, interrupted=interrupted)
                take(told)
            elif not child.is_alive() and not pipe.poll():
                return None
        except KeyboardInterrupt:
            if asked:
                child.terminate()
            asked = interrupted = _ask_to_stop(pipe)
        except (EOFError, ConnectionResetError):
            return None


def _ask_to_stop(pipe: Connection) -> bool:
    with suppress(OSError):  # it is gone already; the next reading says so
        pipe.send(_STOP)
    return True


def _run_in_child(errand: Errand, pipe: Connection) -> None:
    """The child's one job, guarded: whatever breaks is told to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent, which asks us to stop
    with suppress(OSError):  # nobody listens any more
        pipe.send(crawl(errand, pipe))
