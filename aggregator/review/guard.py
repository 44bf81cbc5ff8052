"""Stands before every request: strict headers on answers, no writing from other sites, bounded bodies.

Who somebody is and what they may do is left to `sessions` and `roles`.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Everything from ourselves, nothing inline; a hostile headline finds nothing to run.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# An export is shown as its readers will see it: with its own style, but with no rights at all.
PREVIEW_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
LARGEST_BODY = 6 * 1024 * 1024
_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
# Machines post here what is not a form; the page there knows them by other means (`pages.websub`).
CALLBACKS = "/websub/"
_FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuses what must not come in, and dresses what goes out."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    answer.setdefault(name, value)
            await send(message)

        if refusal := why_refused(scope["method"], headers, scope["path"]):
            await PlainTextResponse(refusal, status_code=403)(scope, receive, send_guarded)
        else:
            await self.app(scope, receive, send_guarded)


def is_callback(path: str) -> bool:
    """Whether machines may post here what is not a form."""
    return path.startswith(CALLBACKS)


def why_refused(method: str, headers: Headers, path: str = "/") -> str | None:
    """Why a request may not come in; None for one that may.

    A browser says where a request comes from in Sec-Fetch-Site, an old one in Origin;
    a request with neither comes from no page. A form is all that our pages send: a
    body of another type was made elsewhere, and only a callback takes it. So is one that
    does not say how long it is, which a callback counts itself.
    """
    if method in _SAFE_METHODS:
        return None
    if is_foreign(headers):
        return "Refused: this was sent by a page of another site."
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind and kind not in _FORM_TYPES and not is_callback(path):
        return "Refused: only forms are taken here."
    if "transfer-encoding" in headers and not is_callback(path):
        return "Refused: a form says how long it is."
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > LARGEST_BODY:
        return "Refused: this is larger than 6 MiB."
    return None


def is_foreign(headers: Headers) -> bool:
    """Whether a page of another site sent this. Browsers hide some origins of our own pages as "null"."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site not in (None, "same-origin", "none"):
        return True
    if origin is None or (origin == "null" and site == "same-origin"):
        return False
    return urlsplit(origin).netloc != headers.get("host")


def safe_next(target: str) -> str:
    """A place on this site to go on to; the desk for anything that could lead elsewhere."""
    inside = target.startswith("/") and not target.startswith("//")
    plain = target.isprintable() and "\\" not in target and " " not in target
    return target if inside and plain and not urlsplit(target).netloc else "/"
