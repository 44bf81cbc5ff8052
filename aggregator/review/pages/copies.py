"""The copies of one story side by side: compare, choose which one is shown, take one out."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from aggregator import desk
from aggregator.records import Entry, Member
from aggregator.review.deeds import toast_of
from aggregator.review.marking import differences
from aggregator.review.pages.deciding import campaign_of, signature
from aggregator.review.rendering import page, room_of
from aggregator.review.roles import Role, needs
from aggregator.store import articles as stored
from aggregator.store import outlet_names
from crawler.records import Article

router = APIRouter()

Text = Annotated[str, Form()]
LONGEST_COMPARED = 6_000
MOST_ON_A_PAGE = 50


@router.get("/c/{slug}/copies")
@needs(Role.VIEWER)
def show_copies(request: Request, slug: str, key: str, start: int = 0) -> Response:
    """The members of the story that this article belongs to, the shown one first; so many on a page."""
    campaign = campaign_of(request, slug)
    store = room_of(request).store
    entry = desk.entry(store, slug, key)
    others = [each for each in entry.story.members if each.article_key != entry.article.key]
    start = max(0, min(start, len(others) - 1))
    members = [*places_of(entry), *others[start : start + MOST_ON_A_PAGE]]
    with store.reading() as c:
        articles = outlet_names.apply(c, stored.some(c, [member.article_key for member in members]))
    return page(
        request,
        "copies.html",
        campaign,
        entry=entry,
        copies=[copy_of(entry.article, articles[each.article_key], each) for each in members],
        first=start + 1,
        others=len(others),
        before=address(slug, key, max(0, start - MOST_ON_A_PAGE)) if start else "",
        more=address(slug, key, start + MOST_ON_A_PAGE) if start + MOST_ON_A_PAGE < len(others) else "",
        toast=toast_of(request, campaign),
    )


def places_of(entry: Entry) -> list[Member]:
    """The place of the shown member."""
    return [each for each in entry.story.members if each.article_key == entry.article.key]


def copy_of(shown: Article, article: Article, member: Member) -> dict[str, Any]:
    """One member beside the shown one: what differs is marked."""
    return {
        "article": article,
        "member": member,
        "shown": article.key == shown.key,
        "headline": marked(shown.headline, article.headline),
        "outlet": marked(shown.outlet, article.outlet),
        "day": marked(day_of(shown), day_of(article)),
        "text": marked(shown.text[:LONGEST_COMPARED], article.text[:LONGEST_COMPARED]),
        "cut": len(article.text) > LONGEST_COMPARED,
    }


def day_of(article: Article) -> str:
    """The outlet's local day, or that there is none."""
    return article.published.day.isoformat() if article.published else "no date"


def marked(shown: str, other: str) -> list[tuple[str, bool]]:
    """The other text in pieces, those that differ from the shown one marked."""
    return differences(shown, other)[1]


@router.post("/c/{slug}/copies/show")
@needs(Role.EDITOR)
def show(request: Request, slug: str, key: Text) -> Response:
    """Show this member of the story from now on."""
    room = room_of(request)
    taken = desk.show(room.store, slug, key, signature(request), room.judges)
    return RedirectResponse(f"{address(slug, key)}&done={taken.id}", status_code=303)


@router.post("/c/{slug}/copies/apart")
@needs(Role.EDITOR)
def keep_apart(request: Request, slug: str, key: Text) -> Response:
    """Say that this article is not the story of the others, for good."""
    room = room_of(request)
    taken = desk.split(room.store, key, signature(request), room.judges)
    return RedirectResponse(f"{address(slug, taken.along[0])}&done={taken.id}", status_code=303)


def address(slug: str, key: str, start: int = 0) -> str:
    """The page of the story that this article belongs to, from this copy on."""
    where = {"key": key, "start": start} if start else {"key": key}
    return f"/c/{slug}/copies?{urlencode(where, errors='replace')}"
