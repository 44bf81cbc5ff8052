"""The list as a whole page, its style inside and no script: to be put on a website as it is."""

from aggregator.exports.format import Format
from aggregator.exports.pages import render_page
from aggregator.records import Listing


def _render(listing: Listing) -> bytes:
    return render_page("page.html", listing, top=1)


FORMAT = Format(
    name="html",
    title="Web page",
    media_type="text/html; charset=utf-8",
    file_name="in-the-news.html",
    render=_render,
    inline=True,
)
