"""The entries alone as plain text, in the form of the seed page: no title, no intro."""

from aggregator.exports.format import Format
from aggregator.exports.inert import one_line
from aggregator.exports.wording import byline, groups
from aggregator.records import ListForm, Listing, ListItem


def entry_text(item: ListItem, form: ListForm) -> str:
    """One entry: headline, line break (or blank line), outlet and day; its note on a line below."""
    lines = [item.headline, byline(item, form), item.note]
    return ("\n\n" if form.paragraphs else "\n").join(one_line(line) for line in lines if line)


def entries_text(listing: Listing) -> str:
    """All entries with a blank line between them, and a newline at the end of each."""
    blocks = []
    for heading, items in groups(listing):
        blocks += [heading] if heading else []
        blocks += [entry_text(item, listing.form) for item in items]
    return "\n".join(f"{block}\n" for block in blocks)


def _render(listing: Listing) -> bytes:
    return entries_text(listing).encode()


FORMAT = Format(
    name="text",
    title="Plain text",
    media_type="text/plain; charset=utf-8",
    file_name="in-the-news.txt",
    render=_render,
    inline=True,
)
