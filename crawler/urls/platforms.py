"""Pages of platforms that one item's own id names, under whatever address the platform shows it."""

import re
from urllib.parse import parse_qsl, quote

from crawler.urls import hosts
from crawler.urls.address import Address

_YOUTUBE = re.compile(r"/(?:shorts|embed|v|live|e)/([\w-]{6,})")
_VIDEO = re.compile(r"[\w-]+", re.ASCII)
_YOUTU_BE = re.compile(r"/([\w-]{6,})")
_TWEET = re.compile(r"/(?:[^/]+|i/web)/status(?:es)?/(\d+)")
_INSTAGRAM = re.compile(r"/(?:[^/]+/)?(?:p|reel|reels|tv)/([\w-]+)")
_REDDIT = re.compile(r"/(?:r/[^/]+/)?comments/(\w+)")
_GOOGLE_NEWS = re.compile(r"/(?:rss/)?(?:articles|read|stories)/([\w-]+)")
_REDD_IT = re.compile(r"/(\w+)")
_VIMEO = re.compile(r"/(?:video/|channels/[^/]+/|groups/[^/]+/videos/)?(\d+)")
_DAILYMOTION = re.compile(r"/(?:embed/)?video/(\w+)")
_TELEGRAM = re.compile(r"/(?:s/)?(\w+/\d+)")
_MSN = re.compile(r"/(?:[^/]+/)*((?:ar|vi|ss)-\w+)")
_SUBSTACK = re.compile(r"/pub/([\w-]+)/p/([\w-]+)")
_NAVER = re.compile(r"/(?:mnews/)?(?:ranking/)?article/(\d+)/(\d+)/?")
_FACEBOOK_NAMES = ("story_fbid", "fbid", "id", "v", "set")


def identity(address: Address) -> str | None:
    """The key of a platform's item; None where the address is of no platform or of no item."""
    site = hosts.identity(address.host)
    if site == "facebook.com":
        return _facebook(address)
    if site in ("news.naver.com", "n.news.naver.com"):
        return _naver(address)
    if site == "youtube.com" and address.path == "/watch":
        video = _VIDEO.match(dict(parse_qsl(address.query)).get("v", ""))
        return f"youtube.com/watch?v={video[0]}" if video else None
    if site not in _ITEMS:
        return None
    pattern, form = _ITEMS[site]
    found = pattern.match(address.path)
    return form.format(*found.groups()) if found else None


def _facebook(address: Address) -> str | None:
    """Facebook's ids stand in a few parameters; all others are its trackers."""
    kept = sorted((name, value) for name, value in parse_qsl(address.query) if name in _FACEBOOK_NAMES)
    query = "&".join(f"{name}={quote(value)}" for name, value in kept)
    path = "/permalink.php" if address.path == "/story.php" else address.path.rstrip("/")
    return f"facebook.com{path}{'?' if query else ''}{query}"


def _naver(address: Address) -> str | None:
    """Korea's portal names an article by its outlet's number and its own, in the path or the query."""
    given = dict(parse_qsl(address.query))
    found = _NAVER.fullmatch(address.path)
    outlet, article = found.groups() if found else (given.get("oid", ""), given.get("aid", ""))
    return f"n.news.naver.com/article/{outlet}/{article}" if outlet.isdigit() and article.isdigit() else None


_ITEMS = {
    "youtube.com": (_YOUTUBE, "youtube.com/watch?v={}"),
    "youtube-nocookie.com": (_YOUTUBE, "youtube.com/watch?v={}"),
    "youtu.be": (_YOUTU_BE, "youtube.com/watch?v={}"),
    "twitter.com": (_TWEET, "twitter.com/i/status/{}"),
    "instagram.com": (_INSTAGRAM, "instagram.com/p/{}"),
    "reddit.com": (_REDDIT, "reddit.com/comments/{}"),
    "redd.it": (_REDD_IT, "reddit.com/comments/{}"),
    "vimeo.com": (_VIMEO, "vimeo.com/{}"),
    "player.vimeo.com": (_VIMEO, "vimeo.com/{}"),
    "dailymotion.com": (_DAILYMOTION, "dailymotion.com/video/{}"),
    "t.me": (_TELEGRAM, "t.me/{}"),
    "msn.com": (_MSN, "msn.com/{}"),
    "open.substack.com": (_SUBSTACK, "{}.substack.com/p/{}"),
    "news.google.com": (_GOOGLE_NEWS, "news.google.com/articles/{}"),
}
