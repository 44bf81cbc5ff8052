"""The jobs, as plain functions that are told the time. The only place where crawler meets store.

When they run is left to the scheduler, how they are asked for to the command line and the desk.
Each is loaded when it is first asked for: all together take longer to load than most take to run.
"""

import ast
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

# The one list of the jobs. Type checkers read it as imports, `rooms` reads in it where each is to be had.
if TYPE_CHECKING:
    from aggregator.runs.answers import Answer as Answer
    from aggregator.runs.answers import Finding as Finding
    from aggregator.runs.answers import examine as examine
    from aggregator.runs.answers import why as why
    from aggregator.runs.backfilling import backfill as backfill
    from aggregator.runs.checking import complaints_of as complaints_of
    from aggregator.runs.covering import coverage as coverage
    from aggregator.runs.digesting import digest as digest
    from aggregator.runs.digesting import digests as digests
    from aggregator.runs.house import House as House
    from aggregator.runs.house import keys as keys
    from aggregator.runs.house import make_judges as make_judges
    from aggregator.runs.house import open_house as open_house
    from aggregator.runs.judging import campaign_versions as campaign_versions
    from aggregator.runs.judging import change_campaign as change_campaign
    from aggregator.runs.judging import index as index
    from aggregator.runs.judging import regroup as regroup
    from aggregator.runs.judging import rematch as rematch
    from aggregator.runs.keeping import backup as backup
    from aggregator.runs.keeping import prune as prune
    from aggregator.runs.keeping import restore as restore
    from aggregator.runs.keeping import upgrade as upgrade
    from aggregator.runs.proposing import proposals as proposals
    from aggregator.runs.proposing import reconsider as reconsider
    from aggregator.runs.proposing import refuse as refuse
    from aggregator.runs.proposing import watch as watch
    from aggregator.runs.publishing import listing as listing
    from aggregator.runs.publishing import publish as publish
    from aggregator.runs.publishing import write as write
    from aggregator.runs.rechecking import check_links as check_links
    from aggregator.runs.sample import write_sample_configuration as write_sample_configuration
    from aggregator.runs.sources import add_source as add_source
    from aggregator.runs.sources import allow_move as allow_move
    from aggregator.runs.sources import decline_move as decline_move
    from aggregator.runs.sources import discover as discover
    from aggregator.runs.sources import export_sources as export_sources
    from aggregator.runs.sources import health as health
    from aggregator.runs.sources import import_sources as import_sources
    from aggregator.runs.sources import learnt_links as learnt_links
    from aggregator.runs.sources import pause_source as pause_source
    from aggregator.runs.sources import remove_source as remove_source
    from aggregator.runs.sweeping import add as add
    from aggregator.runs.sweeping import look_at as look_at
    from aggregator.runs.sweeping import silent as silent
    from aggregator.runs.sweeping import sweep as sweep
    from aggregator.runs.trying import try_rule as try_rule
    from aggregator.runs.trying import try_rule_on_pages as try_rule_on_pages


@cache
def rooms() -> dict[str, str]:
    """The module that each job of the list above stands in, by the job's name."""
    here = ast.parse(Path(__file__).read_text(encoding="utf-8"))
    listed = (node for node in ast.walk(here) if isinstance(node, ast.ImportFrom))
    return {job.asname: str(node.module) for node in listed for job in node.names if job.asname}


def __getattr__(name: str) -> Any:
    """A job by its name, out of its room."""
    if name not in rooms():
        raise AttributeError(f"there is no job {name!r}")
    globals()[name] = job = getattr(import_module(rooms()[name]), name)
    return job
