"""The Jinja2 environment of the HTML formats: everything escaped, nothing that HTML cannot carry."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from aggregator.exports.inert import language_tag, web_link, xml_text
from aggregator.exports.wording import groups, paragraphs, shown_day, source, title
from aggregator.records import Listing


def _written(value: Any) -> Any:
    """Every value on its way into a page: escaped, a bare carriage return kept (HTML would change it)."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return Markup(str(escape(xml_text(value))).replace("\r", "&#13;"))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("aggregator.exports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_written,
    )
    environment.filters |= {"web_link": web_link, "language_tag": language_tag, "paragraphs": paragraphs}
    environment.globals |= {"source": source, "shown_day": shown_day}
    return environment


def render_page(template: str, listing: Listing, *, top: int) -> bytes:
    """The listing through a template of this room, in UTF-8; its title is a heading of the level `top`."""
    page = _environment().get_template(template)
    return page.render(
        listing=listing, form=listing.form, title=title(listing), groups=list(groups(listing)), top=top
    ).encode()
