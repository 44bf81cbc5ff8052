"""When: each job at its cadence, by one leader, never overlapping, with a clean stop.

It knows no feed and no campaign: a job is a function that is told the time. What is due
inside a job (which feed, which list) the job asks the database, so that nothing is lost
when a tick is late. The only file that imports APScheduler.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

log = logging.getLogger("inthenews.scheduler")

# Linux's monotonic clock stands still while a machine sleeps, so a scheduler that waits
# an hour for its next job would wake an hour too late; a small job bounds the wait.
HEARTBEAT = timedelta(seconds=30)


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """A function and how often it is called; it is told the time and does all the rest."""

    name: str
    every: timedelta
    run: Callable[[datetime], object]


class Leadership(Protocol):
    """The right to run jobs, held by one process at a time (a lock beside the database).

    It is asked by one thread at a time.
    """

    def take(self) -> bool:
        """Take or keep the lead; False while another process has it."""
        ...

    def release(self) -> None:
        """Give the lead up."""
        ...


class Scheduler:
    """Runs jobs in the background until it is stopped.

    Two of them on one database share one lead: the second waits and takes over at its
    next tick once the first is gone. A job never overlaps itself.
    """

    def __init__(self, jobs: Iterable[Job], leadership: Leadership, clock: Callable[[], datetime]) -> None:
        self._leadership = leadership
        self._clock = clock
        self._asking = threading.Lock()
        self._stopping = threading.Event()
        self._ticks = BackgroundScheduler(
            timezone="UTC",
            executors={"default": ThreadPoolExecutor(4)},
            # A late tick runs once, however late: see issue #1095 of APScheduler and its FAQ.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        # It would say the same once more, and louder.
        logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
        self._ticks.add_listener(_tell, EVENT_JOB_ERROR | EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
        for job in jobs:
            self._ticks.add_job(
                self._tick,
                "interval",
                args=[job],
                id=job.name,
                seconds=job.every.total_seconds(),
                next_run_time=clock(),
            )
        self._ticks.add_job(lambda: None, "interval", id="heartbeat", seconds=HEARTBEAT.total_seconds())

    def start(self) -> None:
        """Begin; every job runs at once, then at its cadence."""
        self._ticks.start()

    def stop(self) -> None:
        """Let the jobs in hand finish, start no other, give up the lead."""
        self._stopping.set()
        self._ticks.shutdown(wait=True)
        self._leadership.release()

    def _tick(self, job: Job) -> None:
        # Jobs tick in threads of their own; two that took the lead at once would take it from each other.
        with self._asking:
            if self._stopping.is_set():
                return
            leads = self._leadership.take()
        if leads:
            job.run(self._clock())
        else:
            log.debug("%s: another process has the lead", job.name)


def _tell(event: object) -> None:
    """Nothing that a job does wrong goes by unseen; the next tick comes all the same."""
    name = getattr(event, "job_id", "?")
    if error := getattr(event, "exception", None):
        log.error("%s failed: %s", name, error, exc_info=error)
    elif getattr(event, "code", None) == EVENT_JOB_MAX_INSTANCES:
        log.debug("%s is still at work; it runs at its next tick", name)  # a sweep may take many ticks
    else:
        log.warning("%s came late; it runs at its next tick", name)
