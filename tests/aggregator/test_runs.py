"""Every job can be had by its name, and none is loaded before it is asked for."""

import pkgutil
import subprocess
import sys

import pytest

from aggregator import runs


@pytest.mark.parametrize("name", sorted(runs.rooms()))
def test_a_job_is_had_by_its_name(name: str) -> None:
    assert getattr(runs, name).__name__ == name


def test_every_room_has_a_job_in_the_list() -> None:
    named = {module.name for module in pkgutil.iter_modules(runs.__path__)}
    assert {room.rpartition(".")[2] for room in runs.rooms().values()} == named - {"basket", "pushing"}


def test_what_is_no_job_is_told() -> None:
    with pytest.raises(AttributeError, match="there is no job 'fly'"):
        runs.fly  # noqa: B018


def test_jobs_are_loaded_when_they_are_asked_for() -> None:
    code = "import sys; from aggregator import runs; print('aggregator.runs.backfilling' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"
