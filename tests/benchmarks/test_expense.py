"""What a command costs is counted with all that it started."""

import sys

from benchmarks.expense import run_command

# A grandchild that works on after its parent has gone.
ORPHAN = """
import os, sys, time
if os.fork() == 0:
    while time.process_time() < 0.4:
        pass
    os._exit(0)
print("gone before its child")
sys.exit(3)
"""


def test_work_that_outlives_its_parent_is_counted() -> None:
    expense = run_command([sys.executable, "-c", ORPHAN], {})
    assert expense.cpu >= 0.4
    assert expense.code == 3
    assert expense.words.strip() == "gone before its child"


def test_the_environment_is_added_to() -> None:
    command = [sys.executable, "-c", "import os; print(os.environ['PRESS'], 'PATH' in os.environ)"]
    assert run_command(command, {"PRESS": "here"}).words.strip() == "here True"
