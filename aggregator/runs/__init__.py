"""The jobs, as plain functions that are told the time. The only place where crawler meets store.

When they run is left to the scheduler, how they are asked for to the command line and the desk.
Each is loaded when it is first asked for: all together take longer to load than most take to run.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aggregator.runs.answers import Answer, Finding, examine, why
    from aggregator.runs.backfilling import backfill
    from aggregator.runs.checking import complaints_of
    from aggregator.runs.covering import coverage
    from aggregator.runs.digesting import digest, digests
    from aggregator.runs.house import House, keys, make_judges, open_house
    from aggregator.runs.judging import (
        campaign_versions,
        change_campaign,
        end_campaign,
        index,
        regroup,
        rematch,
        resume_campaign,
    )
    from aggregator.runs.keeping import backup, prune, restore, upgrade
    from aggregator.runs.proposing import proposals, reconsider, refuse, watch
    from aggregator.runs.publishing import listing, publish, write
    from aggregator.runs.rechecking import check_links
    from aggregator.runs.sample import write_sample_configuration
    from aggregator.runs.sources import (
        add_source,
        allow_move,
        decline_move,
        discover,
        export_sources,
        health,
        import_sources,
        learnt_links,
        pause_source,
        remove_source,
    )
    from aggregator.runs.sweeping import add, look_at, silent, sweep
    from aggregator.runs.trying import try_rule, try_rule_on_pages

__all__ = [
    "Answer",
    "Finding",
    "House",
    "add",
    "add_source",
    "allow_move",
    "backfill",
    "backup",
    "campaign_versions",
    "change_campaign",
    "check_links",
    "complaints_of",
    "coverage",
    "decline_move",
    "digest",
    "digests",
    "discover",
    "end_campaign",
    "examine",
    "export_sources",
    "health",
    "import_sources",
    "index",
    "keys",
    "learnt_links",
    "listing",
    "look_at",
    "make_judges",
    "open_house",
    "pause_source",
    "proposals",
    "prune",
    "publish",
    "reconsider",
    "refuse",
    "regroup",
    "rematch",
    "remove_source",
    "restore",
    "resume_campaign",
    "silent",
    "sweep",
    "try_rule",
    "try_rule_on_pages",
    "upgrade",
    "watch",
    "why",
    "write",
    "write_sample_configuration",
]

_ROOMS = {
    "answers": {"Answer", "Finding", "examine", "why"},
    "backfilling": {"backfill"},
    "checking": {"complaints_of"},
    "covering": {"coverage"},
    "digesting": {"digest", "digests"},
    "house": {"House", "keys", "make_judges", "open_house"},
    "judging": {
        "campaign_versions",
        "change_campaign",
        "end_campaign",
        "index",
        "regroup",
        "rematch",
        "resume_campaign",
    },
    "keeping": {"backup", "prune", "restore", "upgrade"},
    "proposing": {"proposals", "reconsider", "refuse", "watch"},
    "publishing": {"listing", "publish", "write"},
    "rechecking": {"check_links"},
    "sample": {"write_sample_configuration"},
    "sources": {
        "add_source",
        "allow_move",
        "decline_move",
        "discover",
        "export_sources",
        "health",
        "import_sources",
        "learnt_links",
        "pause_source",
        "remove_source",
    },
    "sweeping": {"add", "look_at", "silent", "sweep"},
    "trying": {"try_rule", "try_rule_on_pages"},
}


def __getattr__(name: str) -> Any:
    """A job by its name, out of its room."""
    for room, jobs in _ROOMS.items():
        if name in jobs:
            globals()[name] = job = getattr(import_module(f"{__name__}.{room}"), name)
            return job
    raise AttributeError(f"there is no job {name!r}")
