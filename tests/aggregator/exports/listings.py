"""Listings for the tests of exports: the seed page's thirteen entries, and single hostile ones."""

from datetime import UTC, date, datetime

from aggregator.records import ListForm, Listing, ListItem

# The page at the seed of this project, with its two typos put right ("surges", "Unvision").
SEED = """\
City Leaders Met Yesterday in NYC to Strategize the Resistance

Next City, 3.29.2017

A Blueprint For Providing Sanctuary

Common Dreams, 3.28.2017

‘We Cannot Hide’: Sanctuary Cities Join Forces in First Meeting of Its Kind

NBC News, 3.28.2017

Local Lawmakers Fight Back Against AG Sessions’ Threats to Cut Funding to Sanctuary Cities

Democracy Now, 3.28.2017

Sanctuary Cities ‘Stand Resolute’ in Face of Threatened Funding Cut-Off

Common Dreams, 3.28.2017

Representatives from sanctuary cities meet in NY as US Attorney General threatens funding

CNN Wire, 3.28.2017

Rahm Emanuel Rival Hits Chicago Mayor for Past Immigration Stances at NYC Sanctuary City Conference

Observer, 3.28.2017

Jeff Sessions just launched his most explicit threat yet to sanctuary cities

Fusion, 3.27.2017

New York Defiant As Trump Threatens Funds Over ‘Sanctuary’ Immigration Policies

Huffington Post, 3.27.2017

NYC pol urges sanctuary cities to be Trump’s ‘worst nightmare’

New York Daily News, 3.27.2017

Así reacciona la conferencia de ciudades santuario en Nueva York al ultimátum de Sessions

Univision, 3.27.2017

DOJ threatens major crackdown on funds to sanctuary cities

New York Post, 3.27.2017

Few guarantees as local governments plot ‘sanctuary’ policy

Politico, 3.27.2017
"""

TITLE = "Seeking Sanctuary Convening in the News"
CHANGED_AT = datetime(2017, 3, 30, 9, 0, tzinfo=UTC)


def seed_items() -> tuple[ListItem, ...]:
    """The thirteen, read from the text above."""
    lines = [line for line in SEED.splitlines() if line]
    return tuple(
        _item(position, headline, byline)
        for position, (headline, byline) in enumerate(zip(lines[::2], lines[1::2], strict=True), start=1)
    )


def _item(position: int, headline: str, byline: str) -> ListItem:
    outlet, _, day = byline.rpartition(", ")
    month, day_of_month, year = map(int, day.split("."))
    host = outlet.lower().replace(" ", "") + ".example"
    return ListItem(
        headline=headline,
        outlet=outlet,
        day=date(year, month, day_of_month),
        url=f"https://{host}/{position}",
        key=f"{host}/{position}",
        language="es" if outlet == "Univision" else "en",
        also_in=("FOX61", "KTLA", "WTVR") if outlet == "CNN Wire" else (),
        position=position,
    )


def listing(*items: ListItem, form: ListForm | None = None) -> Listing:
    """A listing of these items."""
    return Listing(campaign="seeking-sanctuary", form=form or ListForm(), changed_at=CHANGED_AT, items=items)


def one(
    headline: str = "A Blueprint",
    outlet: str = "Common Dreams",
    url: str = "https://a.example/1",
    note: str = "",
) -> Listing:
    """A listing of one item with these texts, titled and introduced by them too."""
    item = ListItem(
        headline=headline,
        outlet=outlet,
        day=date(2017, 3, 28),
        url=url,
        key=url,
        language="en",
        note=note,
        position=1,
    )
    return listing(item, form=ListForm(title=headline, intro=note, home_url=url))
