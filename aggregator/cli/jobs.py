"""Commands that do a job: init, sweep, add, publish, digest, export, up, schedule, serve."""

from pathlib import Path
from typing import Annotated

import typer

from aggregator import exports, runs
from aggregator.cli.app import app, state
from aggregator.cli.output import Exit, Output
from aggregator.errors import Unusable
from aggregator.records import RunReport
from aggregator.wording import counted
from crawler.spiders.order import LeadFollowed, Progress, SourcePolled


@app.command()
def init(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(help="The folder; that of --config without it.")] = None,
) -> None:
    """Make a configuration folder with a sample campaign and a sample outlet."""
    ours = state(context)
    folder, out = folder or ours.config, ours.output
    written = runs.write_sample_configuration(folder)
    for path in written:
        out.say(f"wrote {path}")
    out.close(
        f"Now say who you are in {folder / 'settings.toml'}, then: inthenews --config {folder} up",
        {"written": [str(path) for path in written]},
    )


@app.command()
def sweep(
    context: typer.Context,
    everything: Annotated[
        bool, typer.Option("--all", help="All sources but paused ones, also those not due.")
    ] = False,
) -> int:
    """Look at the sources that are due and take in what is new."""
    ours = state(context)
    report = runs.sweep(ours.house_alone, ours.now(), _Teller(ours.output), everything=everything)
    return close(ours.output, report)


@app.command()
def add(context: typer.Context, urls: list[str]) -> int:
    """Fetch pages by address, through the same gate, and take them in."""
    ours = state(context)
    report = runs.add(ours.house_alone, urls, ours.now(), _Teller(ours.output))
    missed = any(report.counts.get(outcome) for outcome in ("blocked", "gone", "not_articles", "unreadable"))
    return close(ours.output, report) or (Exit.SOURCES_FAILED if missed else Exit.DONE)


@app.command()
def backfill(context: typer.Context, archives: list[Path]) -> int:
    """Read saved pages out of WARC archives and take in those that mention a campaign."""
    ours = state(context)

    def tell(archive: Path, pages: int, kept: int) -> None:
        ours.output.note(f"  {archive.name}: {pages} pages, {kept} kept")

    return close(ours.output, runs.backfill(ours.house, archives, ours.now(), tell))


@app.command()
def publish(context: typer.Context) -> int:
    """Write every export of every campaign; an unchanged list leaves unchanged files."""
    ours = state(context)
    report = runs.publish(ours.house, ours.now())
    return close(ours.output, report) or (Exit.FAILED if report.troubles else Exit.DONE)


@app.command()
def digest(
    context: typer.Context,
    show: Annotated[bool, typer.Option("--show", help="Print what it would say; send nothing.")] = False,
) -> int:
    """Mail the team what is new at the desks: once a period, and only where there is something."""
    ours = state(context)
    if show:
        from aggregator.digest import render_text  # templates are slow to load

        told = [(each, render_text(each)) for each in runs.digests(ours.house, ours.now())]
        mails = [text for each, text in told if not each.is_empty]
        for text in mails or ["Nothing is new at the desks: nobody would get a mail."]:
            ours.output.say(text)
        ours.output.value([{"campaign": d.campaign, "subject": d.subject, "text": text} for d, text in told])
        return Exit.DONE
    if ours.settings.digests is None:
        raise Unusable("nobody is to get a digest; say who, in [digest] of settings.toml (docs/settings.md)")
    report = runs.digest(ours.house, ours.now())
    return close(ours.output, report) or (Exit.FAILED if report.troubles else Exit.DONE)


@app.command("check-links")
def check_links(context: typer.Context) -> int:
    """Look again at the pages of accepted entries, each once a week: what changed, what is gone."""
    ours = state(context)
    return close(ours.output, runs.check_links(ours.house, ours.now()))


@app.command()
def export(
    context: typer.Context,
    campaign: str,
    form: Annotated[
        str, typer.Option("--format", help="html, fragment, text, jsonfeed, rss, csv …")
    ] = "text",
    out: Annotated[Path | None, typer.Option(help="The file to write; stdout without it.")] = None,
) -> None:
    """The list of one campaign in one format."""
    ours = state(context)
    if form not in exports.formats():
        raise typer.BadParameter(f"{form!r} is no format; choose one of {', '.join(exports.formats())}")
    body = exports.render(runs.listing(ours.house, campaign), form)
    if out is None:
        typer.echo(body, nl=False)
        return
    runs.write(out, body)
    ours.output.close(f"wrote {out} ({len(body)} bytes)", {"path": str(out), "bytes": len(body)})


@app.command()
def up(context: typer.Context) -> int:
    """Database, scheduler and review page in one; stop with Ctrl-C."""
    from aggregator.cli import serving  # the web page takes as long to load as all the rest

    ours = state(context)
    return serving.up(ours.house, ours.now, ours.output)


@app.command()
def schedule(context: typer.Context) -> int:
    """The scheduler alone."""
    from aggregator.cli import serving  # the web page takes as long to load as all the rest

    ours = state(context)
    return serving.schedule(ours.house, ours.now, ours.output)


@app.command()
def serve(context: typer.Context) -> int:
    """The review page alone."""
    from aggregator.cli import serving  # the web page takes as long to load as all the rest

    ours = state(context)
    return serving.serve(ours.house, ours.now, ours.output)


class _Teller:
    """Tells a sweep's progress, one line a source, and one line for each article that was read."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def __call__(self, event: Progress) -> None:
        if isinstance(event, SourcePolled):
            trouble = f": {event.trouble}" if event.trouble else ""
            self._output.note(f"  {event.outcome:<12} {event.new:>4} new  {event.url}{trouble}")
        elif isinstance(event, LeadFollowed):
            why = f" ({event.reason})" if event.reason else ""
            self._output.note(f"  {event.outcome:<12} {event.headline or event.url}{why}")


def close(output: Output, report: RunReport) -> int:
    """The closing line of a job and its exit code."""
    for trouble in report.troubles:
        output.note(f"  ! {trouble}")
    took = (report.ended - report.started).total_seconds()
    output.close(
        f"{report.job}: {counted(report.counts) or 'nothing to do'} in {took:.1f} s",
        {"job": report.job, **report.counts, "troubles": list(report.troubles)},
    )
    if report.counts.get("interrupted"):
        output.note("stopped; everything found so far is kept, and the next sweep goes on from here")
        return Exit.INTERRUPTED
    if report.counts.get("broken"):
        return Exit.FAILED
    return Exit.SOURCES_FAILED if report.counts.get("sources_failed") else Exit.DONE
