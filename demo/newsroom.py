"""An outlet at work: a `Site` that knows its pieces, serves their pages and lists them in its channels.

`publish` may be called while the press is running; the next look at a feed shows the piece.
"""

from collections.abc import Iterable
from threading import Lock
from urllib.parse import SplitResult, urlsplit

from demo import feeds
from demo.pages import article_page, section_page
from demo.pieces import Channel, Masthead, Piece
from demo.sites import Answer, Request, Responder, Site, html, redirect, refusal

HUBS = ("/about", "/subscribe", "/video", "/author/1", "/tag/weather", "/privacy", "/terms")
"""What a section page links to besides articles: pages that list things and are no articles."""


class Newsroom(Site):
    """One outlet of the sample press, on the air under all its hosts."""

    def __init__(self, masthead: Masthead, pieces: Iterable[Piece] = ()) -> None:
        hosts = [host for host in (masthead.home, *masthead.aliases) if host and host != masthead.host]
        super().__init__(masthead.host, aliases=hosts, robots=masthead.robots)
        self.masthead = masthead
        self._pieces: dict[str, Piece] = {}
        self._writing = Lock()
        for piece in pieces:
            self.publish(piece)
        for channel in masthead.channels:
            self.put(channel.path, self._channel(channel))
        for old, target in masthead.redirects.items():
            self._redirect(urlsplit(old), target)
        self.put("/", lambda _: self._section_page(""))
        for path in HUBS:
            self.put(path, lambda _: self._section_page(""))

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All pieces, newest first."""
        with self._writing:
            found = tuple(self._pieces.values())
        return tuple(sorted(found, key=lambda piece: (piece.published, piece.path), reverse=True))

    def publish(self, piece: Piece) -> None:
        """Puts a piece on the air, or its new version in place of the old one at the same path."""
        with self._writing:
            self._pieces[piece.path] = piece
        self.put(piece.path, self._answer(piece))
        if piece.amp_path:
            twin = article_page(piece, self.masthead, path=piece.amp_path, layout="amp")
            self.put(piece.amp_path, self._html(twin, piece))

    def withdraw(self, path: str) -> None:
        """Takes a piece off the air and out of the feeds: its page answers 410 from now on."""
        with self._writing:
            self._pieces.pop(path)
        self.put(path, refusal(410))

    def url(self, piece: Piece) -> str:
        """The page's own address."""
        return self.masthead.base + piece.path

    def _answer(self, piece: Piece) -> Answer:
        if piece.blocked:
            return refusal(piece.blocked)
        if piece.moved_to:
            return redirect(piece.moved_to, 302)
        return self._html(article_page(piece, self.masthead), piece)

    def _html(self, markup: str, piece: Piece | None = None) -> Answer:
        charset = self.masthead.charset
        shown = charset if self.masthead.charset_in_header else None
        body = markup.encode(charset, "xmlcharrefreplace")
        return html(body, charset=shown, changed_at=piece.stamp if piece else None)

    def _redirect(self, old: SplitResult, target: str) -> None:
        """From an address of the outlet's, on the host that it names only."""

        def respond(request: Request) -> Answer:
            return redirect(target) if request.host == (old.hostname or self.host) else refusal(404)

        self.put(old.path, respond)

    def _channel(self, channel: Channel) -> Responder:
        def respond(_: Request) -> Answer:
            if channel.kind == "section":
                return self._section_page(channel.section)
            media_type, write = feeds.KINDS[channel.kind]
            chosen = self._chosen(channel.section, channel.limit)
            charset = "utf-8" if channel.kind == "json-feed" else self.masthead.charset
            told = f"; charset={charset}" if self.masthead.charset_in_header else ""
            text = write(self.masthead, chosen, channel)
            return Answer(
                headers=(("Content-Type", media_type + told),),
                body=text.encode(charset, "xmlcharrefreplace"),
                changed_at=max((piece.stamp for piece in chosen), default=None),
            )

        return respond

    def _chosen(self, section: str, limit: int) -> tuple[Piece, ...]:
        wanted = [piece for piece in self.pieces if piece.in_feeds and section in ("", piece.section)]
        return tuple(wanted[:limit])

    def _section_page(self, section: str) -> Answer:
        listed = tuple(piece for piece in self.pieces if section in ("", piece.section))
        return self._html(section_page(self.masthead, listed, section))
