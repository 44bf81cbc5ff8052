"""The list as plain text: title and intro where the form has them, then the entries."""

from aggregator.exports.format import Format
from aggregator.exports.inert import one_line
from aggregator.exports.text import entries_text
from aggregator.exports.wording import paragraphs
from aggregator.records import Listing


def _render(listing: Listing) -> bytes:
    opening = [one_line(listing.form.title), *map(one_line, paragraphs(listing.form.intro))]
    blocks = [f"{part}\n" for part in opening if part]
    return "\n".join([*blocks, *filter(None, [entries_text(listing)])]).encode()


FORMAT = Format(
    name="text-page",
    title="Plain text with title and intro",
    media_type="text/plain; charset=utf-8",
    file_name="in-the-news-page.txt",
    render=_render,
    inline=True,
)
