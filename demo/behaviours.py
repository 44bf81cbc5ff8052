"""Answers that no honest site gives: slow, endless, cut short, bombs. For hostile tests."""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace

from demo.sites import Answer, Headers, Pause, html

_HTML: Headers = (("Content-Type", "text/html; charset=utf-8"),)


def slow(answer: Answer, seconds: float) -> Answer:
    """The answer, after a long silence."""
    return replace(answer, wait=seconds)


def hanging() -> Answer:
    """Never answers while the press runs."""
    return slow(html("too late"), 86_400)


def trickling(body: bytes, pause_seconds: float = 1.0) -> Answer:
    """The body byte after byte with a pause after each (a slow loris turned round)."""

    def stream(pause: Pause) -> Iterator[bytes]:
        for byte in body:
            yield bytes([byte])
            if pause(pause_seconds):
                return

    return Answer(headers=_HTML, stream=stream)


def endless(chunk: bytes = b"<p>and so on</p>\n" * 1024) -> Answer:
    """A body without an end, as fast as the client takes it."""

    def stream(pause: Pause) -> Iterator[bytes]:
        yield b"<html><body>"
        while not pause(0):
            yield chunk

    return Answer(headers=_HTML, stream=stream)


def gzip_bomb(unpacked_bytes: int = 1_000_000_000) -> Answer:
    """A small gzip body that unpacks to `unpacked_bytes` of blanks."""
    return Answer(headers=(*_HTML, ("Content-Encoding", "gzip")), stream=_bomb(unpacked_bytes))


def _bomb(unpacked_bytes: int) -> Callable[[Pause], Iterator[bytes]]:
    def stream(pause: Pause) -> Iterator[bytes]:
        packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
        block = b" " * 1_000_000
        for _ in range(unpacked_bytes // len(block)):
            piece = packer.compress(block)
            if piece:
                yield piece
            if pause(0):
                return
        yield packer.flush()

    return stream


def broken_gzip() -> Answer:
    """Says gzip and is not."""
    return Answer(headers=(*_HTML, ("Content-Encoding", "gzip")), body=b"this is not gzip at all")


def big_header(kibibytes: int = 64) -> Answer:
    """A page whose one header line is very long."""
    return replace(html("<p>small</p>"), headers=(*_HTML, ("X-Padding", "x" * (kibibytes * 1024))))


def cut_short(body: bytes, promised_bytes: int) -> Answer:
    """Promises more bytes than it sends, then closes the connection."""
    return Answer(headers=(*_HTML, ("Content-Length", str(promised_bytes))), body=body)
