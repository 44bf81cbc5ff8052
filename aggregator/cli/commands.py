"""All commands at one app, and how one is run: its exit code, and what goes wrong in one line."""

import os
import sys
from collections.abc import Sequence

import typer
from typer._click.exceptions import ClickException  # typer brings its own click and exports no base class

from aggregator.cli.app import app
from aggregator.cli.output import Exit
from aggregator.errors import AggregatorError, StoreAway, StoreDamaged
from crawler.errors import ConfigError, CrawlerError

# Commands register themselves at the app when they are imported.
from aggregator.cli import campaigns, configuration, database, decisions, desk  # noqa: F401  # isort: skip
from aggregator.cli import jobs, proofreading, proposals, questions, sources  # noqa: F401  # isort: skip
from aggregator.cli import users  # noqa: F401  # isort: skip

__all__ = ["app", "run_command"]

# Each kind of what is raised on purpose, the narrower ones first.
_CODES = (
    (ConfigError, Exit.CONFIG),
    (StoreDamaged, Exit.FAILED),
    (StoreAway, Exit.TRY_AGAIN),
    (Exception, Exit.FAILED),
)


def run_command(arguments: Sequence[str] | None = None, *, alone: bool = False) -> int:
    """Run one command and answer its exit code; what goes wrong is told in one line on stderr."""
    try:
        result = app(arguments, standalone_mode=False, prog_name="inthenews", obj=alone)
        if sys.stdout is not None:
            sys.stdout.flush()  # a full disk is told now, and not by Python when it ends
        return int(result or Exit.DONE)
    except (AggregatorError, CrawlerError) as error:
        return _fail(str(error), next(code for kind, code in _CODES if isinstance(error, kind)))
    except typer.Exit as error:
        return error.exit_code
    except ClickException as error:
        error.show()
        return Exit.USAGE
    except BrokenPipeError:  # who read us has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.FAILED
    except OSError as error:
        return _fail(_say_of(error), Exit.FAILED)
    except (KeyboardInterrupt, typer.Abort):
        return _fail("stopped; everything found so far is kept", Exit.INTERRUPTED)


def _say_of(error: OSError) -> str:
    """What the system refused, and where; what to do follows from it."""
    where = error.filename or "the system refuses"
    return f"{where}: {error.strerror or error}"


def _fail(message: str, code: Exit) -> Exit:
    print(message, file=sys.stderr)
    return code
