"""`inthenews proofread`: an "in the news" page of one's own, held against what is known here."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from aggregator import proofreading
from aggregator.cli.app import app, state
from aggregator.cli.output import Exit, Output
from aggregator.dayforms import day_text
from aggregator.errors import Unusable
from aggregator.exports import render
from aggregator.exports.wording import byline
from aggregator.proof import Checked, Finding, Proof
from aggregator.records import ListForm, ListItem
from aggregator.review.proofs import LARGEST, Sheet, corrected_format, follow_up, read_sheet
from aggregator.store import campaigns
from aggregator.wording import count

MOST_COMMANDS = 5  # in the closing lines; all stand in the table


@app.command()
def proofread(
    context: typer.Context,
    campaign: Annotated[str, typer.Argument(help="The campaign.")],
    page: Annotated[str, typer.Argument(help="The page as a file (HTML, text or CSV), or - for stdin.")],
    corrected: Annotated[
        Path | None, typer.Option(help="Write the page there as it should be; nothing else is changed.")
    ] = None,
) -> int:
    """Hold an "in the news" page that you have against what is known here, line by line."""
    ours = state(context)
    store = ours.house.store
    with store.reading() as c:
        form = campaigns.get(c, campaign).form
    sheet = read_sheet(_content(page), form)
    proof = proofreading.proofread_page(store, ours.house.directory, campaign, sheet.lines)
    ours.output.value(_proof_json(proof, sheet))
    for trouble in sheet.troubles:
        ours.output.note(f"{page}: {trouble}")
    _tell(ours.output, proof)
    if corrected:
        _write(corrected, render(proof.corrected, corrected_format(sheet)))
        ours.output.note(f"wrote {corrected}")
    return Exit.DONE if proof.is_right else Exit.NOT_RIGHT


def _content(page: str) -> bytes:
    if page == "-":
        return sys.stdin.buffer.read(LARGEST + 1)
    if page.startswith(("http://", "https://")):
        raise typer.BadParameter(
            "an address is not fetched here; save the page as a file. As a source it is watched with "
            f"`inthenews sources add {page} --kind press_page`"
        )
    try:
        with Path(page).open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise Unusable(f"{page} cannot be read: {error.strerror}") from error


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Unusable(f"{path} cannot be written: {error.strerror}") from error


def _tell(output: Output, proof: Proof) -> None:
    """The table of what is wrong, and how to take up what is for a person to decide."""
    rows = [row for each in proof.wrong for row in _rows(each, proof.campaign.form)]
    rows += [("", "missing", _missing(item, proof)) for item in proof.missing]
    if rows:
        output.table(("line", "what", "what is wrong"), rows, empty="")
    commands = follow_up(proof)
    for command in commands[:MOST_COMMANDS]:
        output.say(command)
    if len(commands) > MOST_COMMANDS:
        output.say(f"and {len(commands) - MOST_COMMANDS} more; --json has them all")
    output.close(_closing(proof))


def _rows(checked: Checked, form: ListForm) -> list[tuple[object, ...]]:
    line = checked.line
    day = day_text(line.day, form.date) if line.day else ""
    told = ", ".join(filter(None, [line.headline, line.outlet, day]))
    found = ((line.number, each.kind, _words(each)) for each in checked.findings)
    return [(line.number, "", told), *found]


def _words(finding: Finding) -> str:
    right = f"; right: {finding.right}" if finding.right else ""
    evidence = f" ({finding.evidence})" if finding.evidence else ""
    return f"{finding.word}{right}{evidence}"


def _missing(item: ListItem, proof: Proof) -> str:
    return f"accepted, and not on the page: {item.headline}, {byline(item, proof.campaign.form)}"


def _closing(proof: Proof) -> str:
    lines = count(len(proof.lines), "line")
    if proof.is_right:
        return f"{lines}, nothing to correct."
    missing = f", {count(len(proof.missing), 'accepted entry', 'accepted entries')} missing"
    told = f"{len(proof.wrong)} of {lines} to correct{missing if proof.missing else ''}"
    return f"{told}; nothing was decided or published."


def _proof_json(proof: Proof, sheet: Sheet) -> dict[str, object]:
    return {
        "campaign": proof.campaign.slug,
        "kind": sheet.kind,
        "lines": [_line_json(each) for each in proof.lines],
        "missing": [_item_json(item) for item in proof.missing],
        "corrected": [_item_json(item) for item in proof.corrected.items],
        "unread": list(sheet.troubles),
        "counts": {
            "lines": len(proof.lines),
            "to_correct": len(proof.wrong),
            "missing": len(proof.missing),
        },
    }


def _line_json(checked: Checked) -> dict[str, object]:
    line, entry = checked.line, checked.entry
    return {
        "line": line.number,
        "headline": line.headline,
        "outlet": line.outlet,
        "date": line.day.isoformat() if line.day else None,
        "url": line.url,
        "key": entry.article.key if entry else None,
        "status": str(entry.status) if entry else None,
        "found_by": checked.found_by,
        "findings": [
            {
                "kind": str(each.kind),
                "word": each.word,
                "said": each.said,
                "right": each.right,
                "evidence": each.evidence,
                "repair": each.repair,
            }
            for each in checked.findings
        ],
    }


def _item_json(item: ListItem) -> dict[str, object]:
    return {
        "headline": item.headline,
        "outlet": item.outlet,
        "date": item.day.isoformat() if item.day else None,
        "url": item.url,
        "key": item.key,
    }
