"""Structured data in the shapes that outlets really use, right and wrong: JSON-LD as text. Pure."""

import html
import json
from collections.abc import Callable, Mapping
from typing import Any

from demo.pieces import Masthead, Piece

Data = dict[str, Any]


def json_ld(piece: Piece, masthead: Masthead, url: str) -> str:
    """The inside of the page's `application/ld+json` script, empty where its metadata has none."""
    shape = SHAPES.get(piece.metadata or masthead.metadata)
    return shape(piece, masthead, url).replace("</", "<\\/") if shape else ""


def _article(piece: Piece, masthead: Masthead, url: str) -> Data:
    author: Data = {"@type": "Person", "name": piece.author}
    wire: Data = {"@type": "Organization", "name": piece.wire}
    return {
        "@context": "http://schema.org",
        "@type": "NewsArticle",
        "headline": piece.json_headline or piece.headline,
        "description": piece.summary,
        "datePublished": piece.published.isoformat(),
        "dateModified": piece.stamp.isoformat(),
        "author": author if piece.author else wire if piece.wire else _publisher(masthead),
        "publisher": _publisher(masthead),
        "mainEntityOfPage": {"@type": "WebPage", "@id": url},
        "image": {"@type": "ImageObject", "url": f"{masthead.base}/images/lead.jpg", "width": 1200},
        "articleSection": piece.section,
        **({"isAccessibleForFree": False} if piece.paywall else {}),
    }


def _publisher(masthead: Masthead) -> Data:
    logo = {"@type": "ImageObject", "url": f"{masthead.base}/images/logo.png"}
    return {"@type": "Organization", "name": masthead.site_name or masthead.name, "logo": logo}


def _plain(piece: Piece, masthead: Masthead, url: str) -> str:
    return json.dumps(_article(piece, masthead, url), ensure_ascii=False, indent=1)


def _graph(piece: Piece, masthead: Masthead, url: str) -> str:
    """One @graph of things that point to each other by @id, as a WordPress plugin writes it."""
    home = f"{masthead.base}/"
    article = _article(piece, masthead, url)
    article.update(
        {
            "@id": f"{url}#article",
            "@type": "Article",
            "isPartOf": {"@id": f"{url}#webpage"},
            "publisher": {"@id": f"{home}#organization"},
            "author": {"@id": f"{home}#/person/1"},
        }
    )
    del article["@context"], article["description"], article["mainEntityOfPage"]
    graph: list[Data] = [
        {"@type": "Organization", "@id": f"{home}#organization", "name": masthead.site_name or masthead.name},
        {"@type": "WebSite", "@id": f"{home}#website", "url": home, "name": masthead.name},
        {
            "@type": "WebPage",
            "@id": f"{url}#webpage",
            "name": piece.headline + masthead.title_suffix,
            "datePublished": piece.published.isoformat(),
            "isPartOf": {"@id": f"{home}#website"},
        },
        article,
        {"@type": "Person", "@id": f"{home}#/person/1", "name": piece.author or masthead.name},
    ]
    return json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)


def _array(piece: Piece, masthead: Masthead, url: str) -> str:
    """A list: bread crumbs first, then the article, with escapes for everything beyond ASCII."""
    crumbs: Data = {
        "@context": "http://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "item": {"@id": masthead.base, "name": "Home"}}
        ],
    }
    article = _article(piece, masthead, url)
    article["author"] = [article["author"]]
    article["headline"] = [article["headline"]]
    return json.dumps([crumbs, article])


def _nested(piece: Piece, masthead: Masthead, url: str) -> str:
    """The article two levels too deep, with a list of types and a list of images."""
    article = _article(piece, masthead, url)
    article["@type"] = ["NewsArticle", "Article"]
    article["image"] = [article["image"]["url"], article["image"]["url"] + "?w=600"]
    del article["mainEntityOfPage"]
    page: Data = {
        "@context": {"@vocab": "https://schema.org/"},
        "@type": "WebPage",
        "name": masthead.name,
        "dateModified": "2017-04-02T00:00:00Z",
        "mainEntity": {"@type": "ItemPage", "mainEntity": article},
    }
    return json.dumps(page, ensure_ascii=False, indent=2)


def _entities(piece: Piece, masthead: Masthead, url: str) -> str:
    """HTML entities inside JSON strings, and the CDATA dressing of another age."""
    article = _article(piece, masthead, url)
    article["headline"] = _entity_laden(article["headline"])
    article["description"] = _entity_laden(article["description"])
    return "//<![CDATA[\n" + json.dumps(article) + "\n//]]>"


def _entity_laden(text: str) -> str:
    named = html.escape(text)
    for mark, name in {
        "‘": "&lsquo;",
        "’": "&#8217;",
        "“": "&ldquo;",
        "”": "&rdquo;",
        "–": "&ndash;",
    }.items():
        named = named.replace(mark, name)
    return named


def _broken(piece: Piece, masthead: Masthead, url: str) -> str:
    """Not JSON: a raw line break and bare quotes in a string, and a comma too many."""
    whole = json.dumps(_article(piece, masthead, url), ensure_ascii=False, indent=1)
    told = json.dumps(piece.summary, ensure_ascii=False)
    garbled = f'"{piece.summary[:40]}\n{piece.summary[40:]} "as told" to us"'
    return whole.replace(told, garbled).rstrip("}").rstrip() + ",\n}"


def _crowded(piece: Piece, masthead: Masthead, url: str) -> str:
    """Other stories first, each a NewsArticle with a headline and a date of its own, then the page's."""
    others = [
        {
            "@type": "ListItem",
            "position": position,
            "item": {
                "@type": "NewsArticle",
                "headline": headline,
                "url": f"{masthead.base}/topic/{position}",
                "datePublished": "2017-03-20T08:00:00-04:00",
            },
        }
        for position, headline in enumerate((*piece.related, "Five things to do this weekend"), 1)
    ]
    listed: Data = {"@context": "https://schema.org", "@type": "ItemList", "itemListElement": others}
    return json.dumps([listed, _article(piece, masthead, url)], ensure_ascii=False)


SHAPES: Mapping[str, Callable[[Piece, Masthead, str], str]] = {
    "plain": _plain,
    "graph": _graph,
    "array": _array,
    "nested": _nested,
    "entities": _entities,
    "broken": _broken,
    "crowded": _crowded,
}
