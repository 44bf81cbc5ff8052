"""Jobs run at their cadence, by one leader only, and a failing tick does not stop the next."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from scheduler import Job, Scheduler

SOON = timedelta(milliseconds=50)
PATIENCE = 20.0


def clock() -> datetime:
    return datetime.now(UTC)


class Lead:
    """A lead that one holder has at a time, shared by the schedulers of a test."""

    def __init__(self) -> None:
        self.holder: object | None = None

    def seat(self) -> "Seat":
        return Seat(self)


class Seat:
    def __init__(self, lead: Lead) -> None:
        self.lead = lead

    def take(self) -> bool:
        if self.lead.holder is None:
            self.lead.holder = self
        return self.lead.holder is self

    def release(self) -> None:
        if self.lead.holder is self:
            self.lead.holder = None


class Count:
    """Counts calls and lets a test wait for the next few."""

    def __init__(self, then: Callable[[], None] = lambda: None) -> None:
        self.calls: list[datetime] = []
        self.then = then
        self._changed = threading.Condition()

    def __call__(self, now: datetime) -> None:
        with self._changed:
            self.calls.append(now)
            self._changed.notify_all()
        self.then()

    def wait_for(self, calls: int) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: len(self.calls) >= calls, PATIENCE)


def test_a_job_runs_at_once_and_again_and_is_told_the_time() -> None:
    count = Count()
    ticks = Scheduler([Job(name="sweep", every=SOON, run=count)], Lead().seat(), clock)
    ticks.start()
    assert count.wait_for(3)
    ticks.stop()
    assert all(told.tzinfo is UTC for told in count.calls)
    assert count.calls == sorted(count.calls)


def test_nothing_runs_after_the_stop() -> None:
    count = Count()
    ticks = Scheduler([Job(name="sweep", every=SOON, run=count)], Lead().seat(), clock)
    ticks.start()
    assert count.wait_for(1)
    ticks.stop()
    stopped_at = len(count.calls)
    other = Count()
    again = Scheduler([Job(name="other", every=SOON, run=other)], Lead().seat(), clock)
    again.start()
    assert other.wait_for(3)
    again.stop()
    assert len(count.calls) == stopped_at


def test_a_failing_tick_does_not_stop_the_next() -> None:
    def fail() -> None:
        raise RuntimeError("the disk is full")

    count = Count(then=fail)
    ticks = Scheduler([Job(name="sweep", every=SOON, run=count)], Lead().seat(), clock)
    ticks.start()
    assert count.wait_for(3)
    ticks.stop()


def test_the_second_waits_and_takes_over_when_the_first_is_gone() -> None:
    lead, first, second, tries = Lead(), Count(), Count(), Count()
    one = Scheduler([Job(name="sweep", every=SOON, run=first)], lead.seat(), clock)
    one.start()
    assert first.wait_for(1)
    waiting = Watched(lead, tries)
    two = Scheduler([Job(name="sweep", every=SOON, run=second)], waiting, clock)
    two.start()
    assert tries.wait_for(3)
    assert second.calls == []
    one.stop()
    assert second.wait_for(2)
    two.stop()
    assert lead.holder is None


class Watched(Seat):
    """A seat that counts how often it was asked."""

    def __init__(self, lead: Lead, tries: Count) -> None:
        super().__init__(lead)
        self.tries = tries

    def take(self) -> bool:
        self.tries(clock())
        return super().take()


def test_a_slow_job_does_not_run_twice_at_a_time_and_is_no_trouble(caplog: pytest.LogCaptureFixture) -> None:
    running, most, done = [0], [0], threading.Event()

    def slow() -> None:
        running[0] += 1
        most[0] = max(most[0], running[0])
        done.wait(0.3)
        running[0] -= 1

    count = Count(then=slow)
    ticks = Scheduler([Job(name="sweep", every=SOON, run=count)], Lead().seat(), clock)
    ticks.start()
    assert count.wait_for(3)
    ticks.stop()
    assert most == [1]
    assert not caplog.records


class Narrow(Seat):
    """A seat that notes how many take it at once."""

    def __init__(self) -> None:
        super().__init__(Lead())
        self.inside = self.most = 0
        self._a_moment = threading.Event()

    def take(self) -> bool:
        self.inside += 1
        self.most = max(self.most, self.inside)
        self._a_moment.wait(0.05)
        self.inside -= 1
        return super().take()


def test_jobs_that_begin_together_ask_for_the_lead_one_after_the_other() -> None:
    seat, counts = Narrow(), [Count() for _ in range(4)]
    jobs = [Job(name=f"job {n}", every=timedelta(days=1), run=count) for n, count in enumerate(counts)]
    ticks = Scheduler(jobs, seat, clock)
    ticks.start()
    assert all(count.wait_for(1) for count in counts)
    ticks.stop()
    assert seat.most == 1


def test_a_job_that_waits_for_its_turn_is_not_begun_once_it_is_stopping() -> None:
    going, counts = threading.Event(), [Count(then=lambda: assert_waits(going)) for _ in range(6)]
    jobs = [Job(name=f"job {n}", every=timedelta(days=1), run=count) for n, count in enumerate(counts)]
    lead = Lead()
    ticks = Scheduler(jobs, lead.seat(), clock)
    ticks.start()
    assert all(count.wait_for(1) for count in counts[:4]), "so many jobs run at once"
    threading.Timer(0.5, going.set).start()  # long after the stop has begun, which waits for it
    ticks.stop()
    assert [len(count.calls) for count in counts] == [1, 1, 1, 1, 0, 0]
    assert lead.holder is None


def assert_waits(going: threading.Event) -> None:
    assert going.wait(PATIENCE)
