"""All commands at one app, and how one is run: its exit code, and what goes wrong in one line."""

import sys
from collections.abc import Sequence

import typer
from typer._click.exceptions import ClickException  # typer brings its own click and exports no base class

from aggregator.cli.app import app
from aggregator.cli.output import Exit
from aggregator.errors import AggregatorError, StoreAway
from crawler.errors import ConfigError, CrawlerError

# Commands register themselves at the app when they are imported.
from aggregator.cli import campaigns, configuration, database, decisions, desk  # noqa: F401  # isort: skip
from aggregator.cli import jobs, proofreading, proposals, questions, sources  # noqa: F401  # isort: skip
from aggregator.cli import users  # noqa: F401  # isort: skip

__all__ = ["app", "run_command"]


def run_command(arguments: Sequence[str] | None = None, *, alone: bool = False) -> int:
    """Run one command and answer its exit code; what goes wrong is told in one line on stderr."""
    try:
        result = app(arguments, standalone_mode=False, prog_name="inthenews", obj=alone)
        return int(result or Exit.DONE)
    except ConfigError as error:
        return _fail(str(error), Exit.CONFIG)
    except StoreAway as error:
        return _fail(str(error), Exit.TRY_AGAIN)
    except (AggregatorError, CrawlerError) as error:
        return _fail(str(error), Exit.FAILED)
    except typer.Exit as error:
        return error.exit_code
    except ClickException as error:
        error.show()
        return Exit.USAGE
    except (KeyboardInterrupt, typer.Abort):
        return _fail("stopped; everything found so far is kept", Exit.INTERRUPTED)


def _fail(message: str, code: Exit) -> Exit:
    print(message, file=sys.stderr)
    return code
