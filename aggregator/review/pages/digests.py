"""The way out of a digest: one press in the mail program (RFC 8058), or on the page that its link leads to.

Who is meant is known by the address alone, which nobody can guess and which opens nothing else.
"""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response

from aggregator.review.rendering import page, room_of
from aggregator.review.roles import Role, needs
from aggregator.store import campaigns, digest_readers, people
from aggregator.store.digest_readers import Reader
from aggregator.store.session import Connection

router = APIRouter()


@router.get("/digest/{token}")
@needs(Role.ANYBODY)
def show_way_out(request: Request, token: str) -> Response:
    """What to press; a program that only looks where links lead changes nothing."""
    with room_of(request).store.reading() as c:
        reader = find(c, token)
        return way_out_page(request, c, reader, has_left=reader.left_at is not None)


@router.post("/digest/{token}")
@needs(Role.ANYBODY)
def take_way_out(request: Request, token: str, again: Annotated[str, Form()] = "") -> Response:
    """No more digests of this campaign to this reader, or (`again`) some again; twice is as once."""
    room = room_of(request)
    with room.store.writing(durable=True) as c:
        reader = find(c, token)
        if (reader.left_at is None) != bool(again):
            digest_readers.leave(c, token, None if again else room.now())
            told = "wants digests again" if again else "wants no more digests"
            people.note(c, reader.address, f"{told} of {reader.campaign}", room.now())
        return way_out_page(request, c, reader, has_left=not again)


def find(c: Connection, token: str) -> Reader:
    """The reader of this address. Raises HTTPException (404)."""
    reader = digest_readers.by_token(c, token)
    if reader is None:
        raise HTTPException(404)
    return reader


def way_out_page(request: Request, c: Connection, reader: Reader, *, has_left: bool) -> Response:
    """Whether they get digests, and the button for the contrary; no more of them than they know."""
    name = campaigns.get(c, reader.campaign).name
    return page(request, "digest.html", token=reader.token, name=name, has_left=has_left)
