"""The list as a piece of HTML for another page: classes to style by, no style, script or id of its own."""

from aggregator.exports.format import Format
from aggregator.exports.pages import render_page
from aggregator.records import Listing


def _render(listing: Listing) -> bytes:
    return render_page("fragment.html", listing, top=2)  # the page around it has its own first heading


FORMAT = Format(
    name="fragment",
    title="HTML to embed",
    media_type="text/html; charset=utf-8",
    file_name="fragment.html",
    render=_render,
    inline=True,
)
