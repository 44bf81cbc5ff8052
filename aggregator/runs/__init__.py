"""The jobs, as plain functions that are told the time. The only place where crawler meets store.

When they run is left to the scheduler, how they are asked for to the command line and the desk.
"""

from aggregator.runs.answers import Answer, Finding, examine, why
from aggregator.runs.house import JUDGES, House, keys, open_house
from aggregator.runs.keeping import backup, prune, regroup, rematch, restore, upgrade
from aggregator.runs.publishing import listing, publish, write
from aggregator.runs.sample import write_sample_configuration
from aggregator.runs.sweeping import add, silent, sweep

__all__ = [
    "JUDGES",
    "Answer",
    "Finding",
    "House",
    "add",
    "backup",
    "examine",
    "keys",
    "listing",
    "open_house",
    "prune",
    "publish",
    "regroup",
    "rematch",
    "restore",
    "silent",
    "sweep",
    "upgrade",
    "why",
    "write",
    "write_sample_configuration",
]
