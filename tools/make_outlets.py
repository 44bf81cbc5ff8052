"""Write the directory of outlets, config/outlets/*.toml, from the facts in tools/outlets/*.tsv.

Run `python -m tools.make_outlets` from the root of the repository. The same facts give
the same bytes; facts that fail a check (`outlet_checks`) are told and nothing is written.
"""

import csv
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tools.outlet_checks import Row, complaints

ROOT = Path(__file__).resolve().parent.parent
FACTS = ROOT / "tools" / "outlets"
DIRECTORY = ROOT / "config" / "outlets"

# Former names hold blanks, so they are parted by " ; "; addresses and domains by a blank.
COLUMNS = (
    "slug", "name", "domains", "former_names", "scope", "language", "country", "timezone",
    "feeds", "sitemaps", "sections", "confirmed",
)  # fmt: skip


def read(facts: Path) -> list[Row]:
    """The outlets of one facts file (tab-separated, the column names in the first line).

    Raises ValueError where a line has other columns than `COLUMNS`.
    """
    with facts.open(encoding="utf-8", newline="") as lines:
        table = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    if not table or tuple(table[0]) != COLUMNS:
        raise ValueError(f"{facts.name}:1: the columns must be {' '.join(COLUMNS)}")
    return [_row(f"{facts.name}:{number}", fields) for number, fields in enumerate(table[1:], 2)]


def _row(place: str, fields: list[str]) -> Row:
    if len(fields) != len(COLUMNS):
        raise ValueError(f"{place}: has {len(fields)} columns, not {len(COLUMNS)}")
    told = dict(zip(COLUMNS, fields, strict=True))
    return Row(
        place=place,
        slug=told["slug"],
        name=told["name"],
        domains=tuple(told["domains"].split()),
        former_names=tuple(name for name in told["former_names"].split(" ; ") if name),
        scope=told["scope"],
        language=told["language"],
        country=told["country"],
        timezone=told["timezone"],
        feeds=tuple(told["feeds"].split()),
        sitemaps=tuple(told["sitemaps"].split()),
        sections=tuple(told["sections"].split()),
        confirmed=told["confirmed"],
    )


def write(group: str, rows: list[Row]) -> str:
    """The TOML file of one group, its outlets in the order of their slugs."""
    head = (
        f"# Written by tools/make_outlets.py from tools/outlets/{group}.tsv: correct an outlet there\n"
        f"# (docs/outlets.md). {len(rows)} outlets.\n"
    )
    return head + "".join(f"\n{_table(row)}" for row in sorted(rows, key=lambda row: row.slug))


def _table(row: Row) -> str:
    lines = [f"[{row.slug}]", f"name = {_quoted(row.name)}", *_list("domains", row.domains)]
    lines += _list("former_names", row.former_names)
    for key in ("scope", "language", "country", "timezone"):
        lines.append(f"{key} = {_quoted(getattr(row, key))}")
    for key in ("feeds", "sitemaps", "sections"):
        lines += _list(key, getattr(row, key))
    if row.confirmed == "no":
        lines.append("confirmed = false")
    return "\n".join(lines) + "\n"


def _list(key: str, values: tuple[str, ...]) -> Iterator[str]:
    if len(values) == 1 or (values and sum(map(len, values)) < 80):
        yield f"{key} = [{', '.join(map(_quoted, values))}]"
    elif values:
        yield from (f"{key} = [", *(f"    {_quoted(value)}," for value in values), "]")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def files() -> Mapping[Path, str]:
    """Every directory file and what it should hold; raises ValueError with all complaints."""
    groups = {facts.stem: read(facts) for facts in sorted(FACTS.glob("*.tsv"))}
    wrong = complaints([row for rows in groups.values() for row in rows])
    if wrong:
        raise ValueError("\n".join(wrong))
    return {DIRECTORY / f"{group}.toml": write(group, rows) for group, rows in groups.items()}


def main() -> int:
    """Write the files; 1 where the facts are wrong."""
    try:
        wanted = files()
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    DIRECTORY.mkdir(parents=True, exist_ok=True)
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8")
    print(f"{len(wanted)} files written to {DIRECTORY.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
