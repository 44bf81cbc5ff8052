"""The session's cookie: given, read and taken away."""

from fastapi import Request, Response

from aggregator.review.people import LONGEST

PLAIN = "inthenews-session"
# A browser takes this name only over https and sends it back to this host alone.
SECURE = "__Host-inthenews-session"


def cookie_name(request: Request) -> str:
    """The cookie's name: the strict one wherever the connection allows it."""
    return SECURE if request.url.scheme == "https" else PLAIN


def session_token(request: Request) -> str | None:
    """The token of the browser's session, if it has one."""
    return request.cookies.get(cookie_name(request))


def give_session(request: Request, answer: Response, token: str) -> Response:
    """The answer, with the session in a cookie that no script can read."""
    answer.set_cookie(
        cookie_name(request),
        token,
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return answer


def take_session(request: Request, answer: Response) -> Response:
    """The answer, taking the cookie away."""
    answer.delete_cookie(cookie_name(request), path="/", secure=request.url.scheme == "https", httponly=True)
    return answer
