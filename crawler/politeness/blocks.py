"""Recognises an answer that is a wall instead of a page, and says so in words with a proposal. Pure.

We never go around a wall; the proposal is what a person can do.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.records import Page

_LOOKED_AT = 60_000  # bytes: a wall is a small page


@dataclass(frozen=True, kw_only=True, slots=True)
class Wall:
    """What stands between us and the page (`kind`), and what to do about it."""

    kind: str
    proposal: str

    def __str__(self) -> str:
        return f"{self.kind}; {self.proposal}"


_BY_STATUS = {
    401: Wall(
        kind="a login is asked for (401)", proposal="use its public feed or sitemap, or add pieces by hand"
    ),
    402: Wall(kind="payment is asked for (402)", proposal="its feed still tells headline and date"),
    403: Wall(
        kind="the outlet refuses us (403)", proposal="ask the outlet, or use its feed, sitemap or newsletter"
    ),
    407: Wall(kind="the proxy asks for a login (407)", proposal="see the proxy in the settings"),
    451: Wall(
        kind="not available for legal reasons (451)",
        proposal="often closed to a region; add the piece by hand",
    ),
}
_CHALLENGE = Wall(
    kind="a robot check stands before the page",
    proposal="we do not go around it; use the outlet's feed, sitemap or newsletter, or ask the outlet",
)
_CONSENT = Wall(
    kind="a consent wall stands before the page", proposal="use the outlet's feed or sitemap, or add by hand"
)
_LOGIN = Wall(kind="the page leads to a login", proposal="its feed still tells headline and date")
_ASKS_LOGIN = Wall(
    kind="there is a login in place of the page", proposal="its feed still tells headline and date"
)
_PASSWORD = re.compile(rb"<input\b[^<>]{0,500}\btype\s*=\s*[\"']?password\b", re.IGNORECASE)
_UNSEEN = re.compile(
    rb"<(script|style|noscript|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_MOST_WORDS = 120  # on a page that is a login and nothing else, its menus included
_CHALLENGE_HEADERS = ("x-datadome-cid", "x-px-block", "x-sucuri-block")  # of an answer that refuses
_CHALLENGE_ACTIONS = (
    "cf-mitigated",
    "x-amzn-waf-action",
    "sg-captcha",
    "x-vercel-mitigated",
)  # of any status
_CHALLENGE_MARKS = re.compile(
    rb"<title>\s*(?:Just a moment\.\.\.|Attention Required! \| Cloudflare|Pardon Our Interruption"
    rb"|Access to this page has been denied|Are you a robot\?|Robot or human\?|Bot Verification"
    rb"|Human Verification|Verifying you are human[^<]*"
    rb"|Making sure you(?:'|&#0?39;|\xe2\x80\x99)re not a bot!"
    rb"|One moment, please\.\.\.|Checking your browser[^<]*|Vercel Security Checkpoint"
    rb"|DDoS-Guard|Client Challenge)\s*</title>"
    rb"|/cdn-cgi/challenge-platform/[^\"']*orchestrate|cf-chl-|_cf_chl_opt|captcha-delivery\.com|px-captcha"
    rb"|_Incapsula_Resource\?[^\"']*(?:CWUDNSAI|SWUDNSAI)",
    re.IGNORECASE,
)
_CONSENT_HOST = re.compile(r"^(?:consent|guce|cmp|privacy-gate|myprivacy)\.|^consent[.-]", re.IGNORECASE)
_LOGIN_PATH = re.compile(
    r"/(?:log-?in|sign-?in|auth|sso|account/login|users/sign_in)(?:[/.?]|$)", re.IGNORECASE
)


def find_wall(page: Page) -> Wall | None:
    """The wall that this answer is, None for a page (or for a failure that is no wall)."""
    if _is_challenge(page):
        return _CHALLENGE
    if page.status in _BY_STATUS:
        return _BY_STATUS[page.status]
    asked, came = urlsplit(page.requested_url), urlsplit(page.final_url)
    if _CONSENT_HOST.search(came.hostname or "") and asked.hostname != came.hostname:
        return _CONSENT
    if _LOGIN_PATH.search(came.path) and not _LOGIN_PATH.search(asked.path):
        return _LOGIN
    return _ASKS_LOGIN if _is_login(page) else None


def _is_login(page: Page) -> bool:
    """A form for a password, and hardly a word beside it: an article may carry such a form as well."""
    if len(page.body) >= _LOOKED_AT or not _PASSWORD.search(page.body):
        return False
    return len(_UNSEEN.sub(b" ", page.body).split()) <= _MOST_WORDS


def _is_challenge(page: Page) -> bool:
    if any(page.header(name) in ("challenge", "captcha") for name in _CHALLENGE_ACTIONS):
        return True
    refused = page.status in (401, 403, 405, 429, 503)
    if refused and any(page.header(name) for name in _CHALLENGE_HEADERS):
        return True
    # A whole article may load a robot check's script; a wall is small or refused.
    small = len(page.body) < _LOOKED_AT
    return (refused or small) and _CHALLENGE_MARKS.search(page.body[:_LOOKED_AT]) is not None
