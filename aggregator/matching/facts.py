"""Answers what is known of an article besides its words: author, outlet, domain, language, day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from aggregator.rules import Fact, Field
from crawler.languages import primary_language
from crawler.records import Article, Outlet
from crawler.text import fold, words
from crawler.urls import host


@dataclass(frozen=True, slots=True)
class Facts:
    """An article and its outlet, as a rule may ask for them."""

    article: Article
    outlet: Outlet | None = None

    def knows(self, fact: Fact) -> bool:
        """Whether a fact holds. A day that is not known is neither too early nor too late."""
        return _ANSWERS[fact.field](self, fact.value)

    def _has_author(self, wanted: str) -> bool:
        return any(words(wanted) in words(author) for author in self.article.authors)

    def _is_of_outlet(self, wanted: str) -> bool:
        names = {self.article.outlet, self.article.outlet_slug or ""}
        if self.outlet is not None:
            names |= {self.outlet.name, self.outlet.slug, *self.outlet.former_names}
        # Elsewhere the words of a name are joined: source:nbc_news.
        return not {fold(name) for name in names}.isdisjoint((fold(wanted), fold(wanted.replace("_", " "))))

    def _is_at_domain(self, wanted: str) -> bool:
        return any(lies_in(url, wanted) for url in (self.article.url, self.article.canonical_url))

    def _is_in_language(self, wanted: str) -> bool:
        return primary_language(self.article.language) == primary_language(wanted)

    def _is_in_country(self, wanted: str) -> bool:
        return self.outlet is not None and (self.outlet.country or "").upper() == wanted

    def _is_of_scope(self, wanted: str) -> bool:
        return self.outlet is not None and self.outlet.scope is not None and self.outlet.scope.value == wanted

    def _is_before(self, day: str) -> bool:
        return self.article.published is None or self.article.published.day < date.fromisoformat(day)

    def _is_after(self, day: str) -> bool:
        return self.article.published is None or self.article.published.day > date.fromisoformat(day)


_ANSWERS: Mapping[Field, Callable[[Facts, str], bool]] = {
    Field.AUTHOR: Facts._has_author,
    Field.OUTLET: Facts._is_of_outlet,
    Field.DOMAIN: Facts._is_at_domain,
    Field.LANG: Facts._is_in_language,
    Field.COUNTRY: Facts._is_in_country,
    Field.SCOPE: Facts._is_of_scope,
    Field.BEFORE: Facts._is_before,
    Field.AFTER: Facts._is_after,
}


def lies_in(url: str, domain: str) -> bool:
    """Whether a URL belongs to a domain, one of its sub-domains, or a path of it (`example.org/blog`)."""
    wanted, _, path = domain.lower().removeprefix("www.").strip("/").partition("/")
    own = host(url)
    if own != wanted and not own.endswith(f".{wanted}"):
        return False
    return not path or f"{url.partition('://')[2].partition('/')[2].lower()}/".startswith(f"{path}/")


def domains_of(article: Article) -> set[str]:
    """The hosts of an article's addresses and every domain they lie in."""
    hosts = {host(article.url), host(article.canonical_url)}
    return {".".join(parts[n:]) for parts in (own.split(".") for own in hosts) for n in range(len(parts))}
