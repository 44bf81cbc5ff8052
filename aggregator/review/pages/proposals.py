"""What is proposed about where we look: outlets to be watched, sources that may go; people answer."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from aggregator.errors import Unusable
from aggregator.proposals import Answer
from aggregator.review.rendering import page, person_of, room_of
from aggregator.review.roles import Role, needs
from aggregator.store import leads, people
from aggregator.store import proposals as store

router = APIRouter()

Text = Annotated[str, Form()]


@router.get("/sources/proposals")
@needs(Role.VIEWER)
def show_proposals(request: Request) -> Response:
    """What searches and people found that no list of ours brings, and what brings nothing."""
    room = room_of(request)
    with room.store.reading() as c:
        made = store.every(c, room.directory, room.now())
        unresolved = leads.count_unresolved(c)
    return page(request, "proposals.html", made=made, unresolved=unresolved)


@router.post("/sources/proposals/answer")
@needs(Role.EDITOR)
def answer(request: Request, subject: Text, refused: Text = "") -> Response:
    """Refuse a proposal for good, or let it be made again."""
    if not subject.startswith(("watch:", "quiet:")):
        raise Unusable(f"{subject!r} is no proposal")
    room, by = room_of(request), person_of(request).name
    given = Answer(subject=subject, refused=bool(refused), by=by, at=room.now())
    with room.store.writing(durable=True) as c:
        store.answer(c, given)
        people.note(c, by, f"{'refused' if refused else 'reconsidered'} the proposal {subject}", room.now())
    return RedirectResponse("/sources/proposals", status_code=303)
