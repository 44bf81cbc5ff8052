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
from crawler.records import Article

router = APIRouter()

Text = Annotated[str, Form()]
LONGEST_COMPARED = 6_000


@router.get("/c/{slug}/copies")
@needs(Role.VIEWER)
def show_copies(request: Request, slug: str, key: str) -> Response:
    """All members of the story that this article belongs to."""
    campaign = campaign_of(request, slug)
    entry = desk.entry(room_of(request).store, slug, key)
    return page(
        request,
        "copies.html",
        campaign,
        entry=entry,
        copies=[copy_of(entry, member) for member in entry.story.members],
        toast=toast_of(request, campaign),
    )


def copy_of(entry: Entry, member: Member) -> dict[str, Any]:
    """One member beside the shown one: what differs is marked."""
    articles = {article.key: article for article in (entry.article, *entry.carriers)}
    article, shown = articles[member.article_key], entry.article
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


def address(slug: str, key: str) -> str:
    """The page of the story that this article belongs to."""
    return f"/c/{slug}/copies?{urlencode({'key': key}, errors='replace')}"
