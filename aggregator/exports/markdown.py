"""The list as Markdown (CommonMark): every character of a headline stays that character."""

import re

from aggregator.exports.format import Format
from aggregator.exports.inert import one_line, web_link
from aggregator.exports.wording import byline, groups, paragraphs
from aggregator.records import ListForm, Listing, ListItem

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~$]|&(?=#?\w+;)|!(?=\[)|(?<=\s)#")
_LINE_START = re.compile(r"(?P<mark>[-+=#>:]|\d{1,9}(?=[.)]))")
_IN_LINK = re.compile(r"[\\<>]|&(?=#?\w+;)")


def _escape(characters: re.Pattern[str], text: str) -> str:
    return characters.sub(r"\\\g<0>", text)


def escaped(text: str) -> str:
    """Text on one line in which nothing is markup."""
    text = _escape(_SPECIAL, one_line(text).strip())
    found = _LINE_START.match(text)
    if not found:
        return text
    # A digit cannot be escaped; the point or bracket behind it can.
    digits = found["mark"] if found["mark"].isdigit() else ""
    return digits + "\\" + text[len(digits) :]


def _headline(item: ListItem) -> str:
    link = web_link(item.url)
    text = escaped(item.headline)
    return f"[{text}](<{_escape(_IN_LINK, link)}>)" if link else text


def _entry(item: ListItem, form: ListForm) -> str:
    lines = [_headline(item), escaped(byline(item, form)), escaped(item.note)]
    return "- " + "\\\n  ".join(line for line in lines if line) + "\n"


def _render(listing: Listing) -> bytes:
    form = listing.form
    blocks = [f"# {escaped(form.title)}\n"] if form.title else []
    blocks += [f"{escaped(paragraph)}\n" for paragraph in paragraphs(form.intro)]
    for heading, items in groups(listing):
        blocks += [f"## {escaped(heading)}\n"] if heading else []
        blocks += ["\n".join(_entry(item, form) for item in items)] if items else []
    return "\n".join(blocks).encode()


FORMAT = Format(
    name="markdown",
    title="Markdown",
    media_type="text/markdown; charset=utf-8",
    file_name="in-the-news.md",
    render=_render,
    inline=True,
)
