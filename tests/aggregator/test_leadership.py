"""One leader for each database, on SQLite and PostgreSQL; a killed leader's lead is free."""

import subprocess
import sys
from pathlib import Path

from aggregator.store.leadership import leadership
from aggregator.store.session import Store

HOUSE = Path(__file__).parent.parent.parent
HOLD = """
import sys
from aggregator.store.leadership import leadership
from aggregator.store.session import Store
lead = leadership(Store.open(sys.argv[1]))
print(lead.take(), flush=True)
sys.stdin.read()
"""


def test_the_lead_is_held_by_one_at_a_time_and_handed_on(store: Store) -> None:
    first, second = leadership(store), leadership(Store(store.url))
    assert first.take()
    assert first.take(), "who has the lead keeps it"
    assert not second.take()
    first.release()
    assert second.take()
    assert not first.take()
    second.release()


def test_giving_up_a_lead_that_one_never_had_takes_it_from_nobody(store: Store) -> None:
    first, second = leadership(store), leadership(Store(store.url))
    assert first.take()
    second.release()
    assert not second.take()
    first.release()


def test_the_lead_of_a_killed_process_is_free(store: Store) -> None:
    leader = subprocess.Popen(
        [sys.executable, "-c", HOLD, store.url],
        cwd=HOUSE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with leader:
        assert leader.stdout is not None
        assert leader.stdout.readline() == "True\n"
        waiting = leadership(store)
        assert not waiting.take()
        leader.kill()
        leader.wait()
    # The database server notices the broken connection a moment after the process is gone.
    assert any(waiting.take() for _ in range(2_000))
    waiting.release()
