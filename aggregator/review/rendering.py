"""Templates -> answers, with what every page shows: navigation, person, theme, toast."""

from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from aggregator import wording
from aggregator.exports.inert import language_tag, web_link, xml_text
from aggregator.records import Campaign, Status
from aggregator.review import assets, keys, marking
from aggregator.review.guard import safe_next
from aggregator.review.people import Person
from aggregator.review.roles import Role
from aggregator.review.room import Room
from aggregator.store import campaigns as campaign_store
from aggregator.store import entries as desks

# Which campaign a page without one shows in its navigation.
LAST_CAMPAIGN = "inthenews-campaign"
THEMES = ("auto", "light", "dark")


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """One place of the navigation."""

    word: str
    href: str
    here: bool = False
    count: int = 0
    apart: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Toast:
    """A short word on what just happened.

    `undo` is the number of a decision that can be taken back, `login` where one has to log in first.
    """

    text: str
    campaign: str = ""
    undo: int | None = None
    next: str = "/"
    trouble: bool = False
    login: str = ""


def _anchor(text: str) -> str:
    """Text as part of an id or a class."""
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in text)


def _written(value: Any) -> Any:
    """Characters that HTML cannot carry are left out; everything is escaped by Jinja2 after this."""
    return xml_text(value) if type(value) is str else value


@cache
def environment() -> Environment:
    """The templates of the review desk; everything is escaped."""
    made = Environment(
        loader=PackageLoader("aggregator.review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_written,
    )
    made.filters |= {
        "anchor": _anchor,
        "web_link": web_link,
        "language_tag": language_tag,
        "language_name": wording.language_name,
        "long_day": wording.long_day,
        "ago": wording.ago,
        "exact_time": wording.exact_time,
        "read_aloud": wording.read_aloud,
        "how_long": wording.how_long,
        "counted": wording.counted,
        "direction": wording.direction,
        "zone_words": lambda zone: wording.ZONES[zone],
    }
    made.globals |= {
        "asset": assets.address,
        "pieces": marking.pieces,
        "marks": marking.as_html,
        "link_of": wording.link_of,
        "copies_line": wording.copies_line,
        "kin_words": wording.kin_words,
        "reports_line": wording.reports_line,
        "shown_link": wording.shown_link,
        "count": wording.count,
    }
    return made


def room_of(request: Request) -> Room:
    """What the application was given."""
    room = request.app.state.room
    assert isinstance(room, Room)
    return room


def person_of(request: Request) -> Person:
    """Who asks; the gate has let them in."""
    person = request.state.person
    assert isinstance(person, Person)
    return person


def is_htmx(request: Request) -> bool:
    """Whether the script asks for a piece of the page instead of the whole."""
    return request.headers.get("hx-request") == "true"


def here_of(request: Request) -> str:
    """The page's own address, to come back to."""
    query = request.url.query
    return request.url.path + (f"?{query}" if query else "")


def page_of(request: Request) -> str:
    """The page that somebody looks at: of a piece or a form, the one that it is on."""
    if request.method in ("GET", "HEAD") and not is_htmx(request):
        return here_of(request)
    parts = urlsplit(request.headers.get("hx-current-url") or request.headers.get("referer", ""))
    ours = parts.netloc == request.headers.get("host")
    return safe_next(f"{parts.path}?{parts.query}".rstrip("?")) if ours else "/"


def render(template: str, **values: Any) -> str:
    """A template with nothing but its values."""
    return environment().get_template(template).render(**values)


def page(
    request: Request, template: str, campaign: Campaign | None = None, status: int = 200, **values: Any
) -> HTMLResponse:
    """A whole page for the person who asks."""
    person: Person | None = getattr(request.state, "person", None)
    shared = {"now": room_of(request).now(), "here": here_of(request), "theme": "auto", "person": person}
    if person:
        shared |= _for_person(request, person, campaign)
    shared |= {"campaign": campaign, "toast": None}
    answer = HTMLResponse(render(template, **(shared | values)), status_code=status)
    if campaign:
        answer.set_cookie(LAST_CAMPAIGN, campaign.slug, httponly=True, samesite="lax")
    return answer


def piece(request: Request, template: str, campaign: Campaign, **values: Any) -> str:
    """A piece of a page, for the script to put in place."""
    person = person_of(request)
    shared = {
        "campaign": campaign,
        "now": room_of(request).now(),
        "person": person,
        "may_edit": person.role >= Role.EDITOR,
    }
    return render(template, **(shared | values))


def _for_person(request: Request, person: Person, campaign: Campaign | None) -> dict[str, Any]:
    room = room_of(request)
    with room.store.reading() as c:
        every, ended = campaign_store.every(c, ended=True), campaign_store.ended(c)
        running = [each for each in every if each.slug not in ended]
        here = campaign.slug if campaign else ""
        campaign = campaign or last_campaign(request, running or every)
        waiting = desks.counts(c, campaign.slug)[Status.WAITING] if campaign else 0
    theme = person.preferences.get("theme", "auto")
    return {
        "campaigns": running,
        "ended_campaigns": [each for each in every if each.slug in ended],
        "ended_at": ended.get(here),
        "nearby": campaign,
        "rooms": _rooms(request, person, campaign, waiting),
        "theme": theme if theme in THEMES else "auto",
        "may_edit": person.role >= Role.EDITOR,
        "may_rule": person.role >= Role.ADMIN,
        "keys_json": keys.as_attribute(person.preferences),
        "key_groups": _key_groups(person),
    }


def last_campaign(request: Request, every: list[Campaign]) -> Campaign | None:
    """The campaign that the person last looked at, else the first."""
    last = request.cookies.get(LAST_CAMPAIGN)
    return next((each for each in every if each.slug == last), next(iter(every), None))


def _rooms(request: Request, person: Person, campaign: Campaign | None, waiting: int) -> list[Link]:
    path = request.url.path
    links: list[Link] = []
    if campaign:
        at = f"/c/{campaign.slug}"
        places = [("Desk", "desk"), ("List", "list"), ("Coverage", "coverage"), ("History", "history")]
        places += [("Add", "add")] if person.role >= Role.EDITOR else []
        places += [("Campaign", "edit")]
        for word, room in places:
            here = path == f"{at}/{room}" or (room == "list" and path == f"{at}/proofread")
            links.append(
                Link(word=word, href=f"{at}/{room}", here=here, count=waiting if room == "desk" else 0)
            )
    elif person.role >= Role.EDITOR:
        new = "/campaigns/new"
        links.append(Link(word="New campaign", href=new, here=path == new))
    everywhere = [("Sources", "/sources"), ("Runs", "/runs")]
    everywhere += [("People", "/people")] if person.role >= Role.ADMIN else []
    for number, (word, href) in enumerate(everywhere):
        links.append(Link(word=word, href=href, here=path == href, apart=number == 0 and bool(links)))
    return links


def _key_groups(person: Person) -> list[dict[str, Any]]:
    chosen = keys.chosen(person.preferences)
    return [
        {
            "title": title,
            "found": [{"shown": chosen.get(key.act, "off"), "words": key.words} for key in found],
        }
        for title, found in keys.GROUPS
    ]
