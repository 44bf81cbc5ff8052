"""Where hubs reach us (WebSub): they verify that we asked them, and tell that a source has news.

A notice only makes its source due: what it carries is never read, and the article comes through the
gate like any other. Who is answered is known by the address alone, which nobody can guess.
"""

from collections.abc import Mapping
from datetime import datetime

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import PlainTextResponse
from starlette.requests import ClientDisconnect

from aggregator.review.guard import LARGEST_BODY
from aggregator.review.rendering import room_of
from aggregator.review.roles import Role, needs
from aggregator.store import subscriptions
from aggregator.store.session import Connection, Store
from crawler.websub import SignedBody, Stage, Subscription, deny, is_expected, mistrust, notice, verify

router = APIRouter()

LONGEST_CHALLENGE = 2_000


@router.get("/websub/{token}")
@needs(Role.ANYBODY)
def answer_hub(request: Request, token: str) -> Response:
    """Whether we asked for what a hub came to verify; or it tells that it refuses."""
    room, told = room_of(request), request.query_params
    if find(room.store, token) is None:
        raise HTTPException(404)
    with room.store.writing(durable=True) as c:
        known = subscriptions.by_token(c, token)
        answer = known and heed(c, known, told, room.now())
    if answer is None:
        raise HTTPException(404)
    return PlainTextResponse(answer)


def heed(c: Connection, known: Subscription, told: Mapping[str, str], now: datetime) -> str | None:
    """What a hub's word changes, and the text that it waits for; None where we never asked for this."""
    mode, topic, challenge = (told.get(f"hub.{name}", "") for name in ("mode", "topic", "challenge"))
    if mode == "denied" and topic == known.topic:
        subscriptions.save(c, deny(known, told.get("hub.reason", ""), now))
        return ""
    if not is_expected(known, mode, topic, now) or not 0 < len(challenge) <= LONGEST_CHALLENGE:
        return None
    if known.stage is Stage.LEAVING:
        subscriptions.forget(c, known)
    else:
        subscriptions.save(c, verify(known, told.get("hub.lease_seconds", ""), now))
    return challenge


@router.post("/websub/{token}")
@needs(Role.ANYBODY)
async def take_notice(request: Request, token: str) -> Response:
    """A source has news, if the signature is its hub's; any other is answered alike and ignored (8.2)."""
    room = room_of(request)
    known = await run_in_threadpool(find, room.store, token)
    if known is None:
        raise HTTPException(404)
    genuine = await is_genuine(request, known)
    await run_in_threadpool(note, room.store, token, genuine, room.now())
    return Response(status_code=202)


async def is_genuine(request: Request, known: Subscription) -> bool:
    """Whether the notice is signed by who knows the secret. Raises HTTPException for one that is too long."""
    body = SignedBody(known.secret, request.headers.get("x-hub-signature", ""))
    size = 0
    try:
        async for piece in request.stream():
            size += len(piece)
            if size > LARGEST_BODY:
                raise HTTPException(413, "This is larger than 6 MiB.")
            body.take(piece)
    except ClientDisconnect:
        return False
    return body.is_genuine()


def find(store: Store, token: str) -> Subscription | None:
    """The subscription of a callback's address."""
    with store.reading() as c:
        return subscriptions.by_token(c, token)


def note(store: Store, token: str, genuine: bool, now: datetime) -> None:
    """Remember a notice; of those that are not the hub's own, one a minute."""
    known = find(store, token)
    if known is None or (not genuine and mistrust(known, now) == known):
        return
    with store.writing() as c:
        known = subscriptions.by_token(c, token)
        if known:
            subscriptions.save(c, notice(known, now) if genuine else mistrust(known, now))
