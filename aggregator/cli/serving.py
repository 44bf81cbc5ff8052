"""What stays running: the scheduler and the review page, started and stopped together."""

import errno
import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

import uvicorn

from aggregator import runs
from aggregator.cli.output import Exit, Output
from aggregator.cli.room import make_room
from aggregator.records import RunReport
from aggregator.review.app import make_app
from aggregator.review.opening import NotOpened, check_address, first_link
from aggregator.store.leadership import leadership
from aggregator.wording import counted
from scheduler import Job, Scheduler

log = logging.getLogger("inthenews")
LOOKED_THROUGH = {"campaigns"}  # what a run counts though it did nothing
Clock = Callable[[], datetime]


def up(house: runs.House, clock: Clock, output: Output) -> int:
    """Scheduler and review page until Ctrl-C or SIGTERM."""
    with _until_stopped(), _listening(house) as door, _scheduled(house, clock):
        _serve(house, clock, output, door)
    return Exit.DONE


def serve(house: runs.House, clock: Clock, output: Output) -> int:
    """The review page until Ctrl-C or SIGTERM."""
    with _until_stopped(), _listening(house) as door:
        _serve(house, clock, output, door)
    return Exit.DONE


@contextmanager
def _listening(house: runs.House) -> Iterator[Any]:
    """The socket of the review page, held before anything else is begun. Raises NotOpened."""
    host, port = house.settings.host, house.settings.port
    check_address(house.store, host)
    try:
        door = uvicorn.Config("", host=host, port=port, log_level="critical").bind_socket()
    except SystemExit as error:  # uvicorn's word for an address that cannot be had
        raise NotOpened(_why_not_opened(f"{host}:{port}", error.__context__)) from error
    with door:
        yield door


def _why_not_opened(place: str, reason: BaseException | None) -> str:
    if isinstance(reason, OSError) and reason.errno == errno.EADDRINUSE:
        advice = "is `inthenews up` running already? Another port: [web] in the settings, INTHENEWS_PORT"
        return f"{place} is taken; {advice}"
    return f"{place} cannot be opened, see [web] in the settings: {reason}"


def _serve(house: runs.House, clock: Clock, output: Output, door: Any) -> None:
    settings = house.settings
    app = make_app(make_room(house, clock))
    config = uvicorn.Config(app, host=settings.host, port=settings.port, log_level="warning")
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{host}:{door.getsockname()[1]}/"
    output.note(f"the desk is at {address} (stop with Ctrl-C)")
    if link := first_link(house.store, address, clock()):
        output.note(f"nobody has a login yet; make the first admin, once, at {link}")
    uvicorn.Server(config).run(sockets=[door])


@contextmanager
def _until_stopped() -> Iterator[None]:
    """Ctrl-C and SIGTERM end what is inside, which cleans up behind itself; both are a good end."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    with suppress(KeyboardInterrupt):
        yield


def schedule(house: runs.House, clock: Clock, output: Output) -> int:
    """The scheduler until Ctrl-C or SIGTERM."""
    with _until_stopped(), _scheduled(house, clock):
        output.note(f"scheduling: every {house.settings.tick} it is asked what is due (stop with Ctrl-C)")
        threading.Event().wait()
    return Exit.DONE


@contextmanager
def _scheduled(house: runs.House, clock: Clock) -> Iterator[None]:
    stopping = threading.Event()
    lead = leadership(house.store)
    ticks = Scheduler(_jobs(house, clock, stopping), lead, clock)
    ticks.start()
    try:
        yield
    finally:
        stopping.set()
        ticks.stop()


def _jobs(house: runs.House, clock: Clock, stopping: threading.Event) -> list[Job]:
    """Every job and its cadence. What is due inside a job, the job asks the database."""
    tick = house.settings.tick

    def told(job: Callable[[datetime], RunReport]) -> Callable[[datetime], None]:
        def run(now: datetime) -> None:
            _tell(job(now))

        return run

    return [
        Job(name="sweep", every=tick, run=told(lambda now: runs.sweep(house, now, stopping=stopping))),
        Job(name="publish", every=tick, run=told(lambda now: runs.publish(house, now))),
        Job(name="digest", every=tick, run=told(lambda now: runs.digest(house, now))),
        Job(name="check links", every=timedelta(days=1), run=told(lambda now: runs.check_links(house, now))),
        Job(name="prune", every=timedelta(days=1), run=told(lambda now: runs.prune(house, now))),
    ]


def _tell(report: RunReport) -> None:
    """One line for a run that did something or met trouble; silence for the others."""
    if any(count for name, count in report.counts.items() if name not in LOOKED_THROUGH):
        log.info("%s: %s", report.job, counted(report.counts))
    for trouble in report.troubles:
        log.warning("%s: %s", report.job, trouble)
