"""Links as sources write them -> absolute http(s) addresses, or a problem in words. Pure."""

from collections import Counter

from crawler.urls import resolve


class LinkBook:
    """Resolves the links of one answer and keeps count of those that lead nowhere.

    `own` is the address of the answer itself: a parser that fills gaps makes it of broken links.
    """

    def __init__(self, base: str, own: str | None = None) -> None:
        self._base = base
        own = own or base
        self._own = (resolve(own, own) or own).partition("#")[0]
        self._refused: Counter[str] = Counter()
        self._example: dict[str, str] = {}

    def resolve(self, href: str | None) -> str | None:
        """The absolute address, None where this is no link that can be followed."""
        text = (href or "").strip()
        found = resolve(self._base, text) if text else None
        leads_back = found is not None and found.partition("#")[0] == self._own
        if found is None or leads_back:
            kind = "the link leads back to the source itself" if leads_back else _name_kind(text)
            self._refused[kind] += 1
            self._example.setdefault(kind, text)
        return None if leads_back else found

    @property
    def problems(self) -> tuple[str, ...]:
        """One sentence for each kind of link that was left out."""
        return tuple(
            f"{count} item{'s' if count > 1 else ''} left out: {kind}"
            + (f", as in {self._example[kind][:80]!r}" if self._example[kind] else "")
            for kind, count in sorted(self._refused.items())
        )


def _name_kind(text: str) -> str:
    if not text:
        return "no link"
    scheme, colon, _ = text.partition(":")
    if (
        colon
        and scheme.isascii()
        and scheme.replace("-", "").isalnum()
        and scheme.lower() not in ("http", "https")
    ):
        return f"a {scheme.lower()}: link is no web address"
    return "the link is no web address"
