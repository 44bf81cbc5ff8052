"""Predictions for the gold data of matching: which document mentions what.

Each gold query becomes a campaign whose own rule says it; all campaigns judge each
document at once, through the same functions as the product. Knows nothing of the answers.
"""

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aggregator.matching import Matcher
from aggregator.records import Campaign, Mention
from aggregator.rules import And, Case, Hashtag, In, Near, Not, Or, Phrase, Place, Rule, show
from crawler.extraction import extract
from crawler.outlets import Directory
from crawler.records import Article, NotAnArticle, Page

READ_AT = datetime(2026, 1, 1, tzinfo=UTC)


def predict(gold: Path) -> Iterator[dict[str, Any]]:
    """For each query and document in `gold/matching`: `{"query_id", "doc_id", "match"}`."""
    queries = _read_lines(gold / "matching" / "queries.jsonl")
    matcher = Matcher(
        Campaign(slug=query["query_id"], name=query["query"], rule=show(to_rule(query["ast"])))
        for query in queries
    )
    for document in _read_lines(gold / "matching" / "docs.jsonl.gz"):
        article = _read_document(document)
        verdicts = matcher.judge(article) if isinstance(article, Article) else ()
        mentions = {verdict.campaign for verdict in verdicts if isinstance(verdict, Mention)}
        for query in queries:
            slug = query["query_id"]
            yield {"query_id": slug, "doc_id": document["doc_id"], "match": slug in mentions}


def _read_lines(path: Path) -> list[dict[str, Any]]:
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def to_rule(ast: dict[str, Any]) -> Rule:
    """The gold data's form of a query as a rule."""
    match ast:
        case {"and": items}:
            return And(tuple(to_rule(item) for item in items))
        case {"or": items}:
            return Or(tuple(to_rule(item) for item in items))
        case {"not": item}:
            return Not(to_rule(item))
        case {"near": [one, other], "n": distance}:
            return Near(to_rule(one), to_rule(other), distance)
        case {"title": item}:
            return In(Place.TITLE, to_rule(item))
    return _to_term(ast)


def _to_term(ast: dict[str, Any]) -> Rule:
    case = Case.MATCH if ast.get("case") == "match" else Case.IGNORE
    accents = ast.get("diacritics") == "keep"
    if "hashtag" in ast:
        return Hashtag(ast["hashtag"].lstrip("#"), bool(ast.get("camel_split")), case, accents)
    text = ast["phrase"]
    outside = tuple(ast.get("not_inside", ()))
    return Phrase(text.removesuffix("*"), case, accents, open_end=text.endswith("*"), outside=outside)


def _read_document(document: dict[str, Any]) -> Article | NotAnArticle:
    url = document["url"] or f"https://example.org/{document['doc_id']}"
    if document["input"] == "html":
        return extract(_page(url, document["html"]), Directory(()))
    return Article(
        key=document["doc_id"],
        url=url,
        canonical_url=url,
        headline=document["title"],
        outlet="",
        first_seen=READ_AT,
        language=document["lang"],
        text=document["text"],
    )


def _page(url: str, html: str) -> Page:
    headers = (("content-type", "text/html; charset=utf-8"),)
    return Page(
        requested_url=url, final_url=url, status=200, headers=headers, body=html.encode(), fetched_at=READ_AT
    )
