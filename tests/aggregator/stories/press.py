"""Articles written for the tests of this room: wire stories, and other outlets' own reports of one event."""

from datetime import UTC, datetime
from typing import TypedDict, Unpack

from crawler import urls
from crawler.records import Article, Moment, Precision

WIRE_STORY = (
    "NEW YORK (AP) — Elected officials from three dozen cities gathered in lower Manhattan on Monday to"
    " compare notes on how to keep federal immigration agents out of their police stations, schools and"
    " courthouses.",
    "The two-day conference, which organizers called the first of its kind, comes as the Justice "
    "Department threatens to withhold $4.1 billion in grants from places that decline to hold people "
    "past their release dates.",
    "“Our worst nightmare is a mother who will not call an ambulance because she is afraid of who else "
    "will come,” said Marta Velez, a council member who opened the meeting with a minute of silence.",
    "City lawyers spent the morning on model ordinances. In the afternoon, police chiefs from Oakland "
    "and Providence described what happened to crime reports after their departments stopped asking "
    "about papers.",
    "A spokesman for the attorney general said the administration expected every jurisdiction to obey "
    "federal law and would publish a weekly list of those that do not.",
    "The participants plan to meet again in Chicago in the fall, when several of the lawsuits they "
    "discussed will have been decided.",
)
CNN_STORY = (
    "Representatives of so-called sanctuary cities met in New York on Tuesday for a strategy session "
    "closed to the press, one day after the attorney general renewed his warning that they could lose "
    "federal money.",
    "Thirty-six local governments sent delegates, according to the two groups that hosted the gathering"
    " at a downtown community college.",
    "The delegates shared a toolkit with sample policies on detention requests, data sharing and the "
    "training of school staff, participants told CNN.",
    "“We came to find out what survives in court,” said Daniel Osei, a supervisor from a county in "
    "northern California.",
    "Federal judges in Seattle and San Francisco are to hear the first challenges to the order in April.",
)
NBC_STORY = (
    "They arrived with laptops, suitcases and the phone numbers of their city attorneys. By lunch time "
    "the lawmakers had filled two blackboards with the questions their constituents ask them at church.",
    "What can a principal say when agents wait outside the gate? May a bus driver refuse to let them "
    "board? Nobody in the room had a full answer, and that was the point of coming.",
    "“We cannot hide,” said Rosa Imbert, who represents a district of garment workers in northern New "
    "Jersey. “We have to stand where people can see us.”",
    "The organizers, a network of local officials founded in 2012, say that calls from member cities "
    "have tripled since January.",
    "Imbert flew home on Tuesday night with a binder of draft resolutions. Her council votes on the "
    "first one next week.",
)
REWRITE_OF_NBC = (
    "Council members from across the country met in New York this week to work out a common answer to "
    "the new immigration orders, NBC News reported.",
    "One of them, Rosa Imbert of New Jersey, told the network that officials could not hide and had to "
    "be visible to the people they represent.",
    "The network of local officials behind the event says it hears from its members three times as "
    "often as it did before the inauguration, according to the report.",
    "Rochester was not represented, but a member of its council said that he was following the "
    "discussion closely.",
)
OWN_BLOG_POST = (
    "Last week our network and its partners brought together more than eighty elected officials, "
    "advocates and lawyers for the first national meeting on sanctuary policies.",
    "We are proud of what our members achieved in two days: a shared toolkit, a legal defense working "
    "group and a calendar of actions for the spring.",
    "Coverage of the meeting appeared in NBC News and in dozens of other national and local outlets.",
)
SHARED_QUOTE = (
    "“Our worst nightmare is a mother who will not call an ambulance because she is afraid of who else "
    "will come,” said Marta Velez, a council member who opened the meeting with a minute of silence."
)
STATION = (
    "WATCH LIVE: Our newscasts stream every day at 5, 6 and 11 on all your devices.",
    "Sign up for the morning newsletter and never miss what happens in your town.",
)


class Told(TypedDict, total=False):
    """What an article may say beside its address, headline and text; the day is the outlet's own."""

    outlet: str
    day: str | None
    wire: str | None


def article(url: str, headline: str, paragraphs: tuple[str, ...], **told: Unpack[Told]) -> Article:
    """An article as extraction gives it, of 28 March 2017 unless told otherwise."""
    day = told.get("day", "2017-03-28")
    instant = datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC) if day else None
    return Article(
        key=urls.key(url),
        url=url,
        canonical_url=urls.clean(url),
        headline=headline,
        outlet=told["outlet"],
        first_seen=instant or datetime(2017, 3, 29, tzinfo=UTC),
        published=Moment(instant=instant, precision=Precision.MINUTE) if instant else None,
        language="en",
        wire_credit=told.get("wire"),
        text="\n\n".join(paragraphs),
    )
