"""JSON-LD in its real shapes, broken ones included."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.structured import texts_of, things_of, unescape


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "Ferry kept"}',
        '<!-- {"@type": "NewsArticle", "headline": "Ferry kept"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Ferry kept"}\n//]]>',
        '{"@type": "NewsArticle", "headline": "Ferry kept",}',
        '{"@type": ["Thing", "schema:NewsArticle"], "headline": {"@value": "Ferry kept"}};',
        '{"@graph": [[{"@type": "http://schema.org/NewsArticle", "headline": ["Ferry kept"]}]]}',
        '{"@type": "NewsArticle", "headline": "Ferry kept", "description": "line\nbreak"}',
        '{"@type": "NewsArticle", "headline": "Ferry kept", "path": "C:\\dir"}',
        '{"@type": "NewsArticle", "headline": "Ferry kept", "description": "she said "no" twice"}',
        '{"@type": "NewsArticle", "headline": "Ferry kept", "author": {"name": "A',
    ],
)
def test_an_articles_headline_is_found_in_every_shape(script: str) -> None:
    found = [
        text
        for thing in things_of([script])
        if thing.is_article or not thing.types
        for text in thing.texts("headline")
    ]
    assert "Ferry kept" in found


def test_what_hangs_under_lists_and_comments_is_another_pages() -> None:
    teasers = '{"@type": "NewsArticle", "headline": "Other"}'
    script = f'{{"@type": "WebPage", "hasPart": [{teasers}], "comment": {{"@type": "Review"}}}}'
    assert not any(thing.is_article for thing in things_of([script]))


def test_names_are_read_from_strings_lists_and_objects() -> None:
    assert texts_of(["A", {"name": "B"}, {"name": ["C"]}, {"@id": "x"}, None]) == ["A", "B", "C"]


@pytest.mark.parametrize(
    "author",
    [
        '"Jane Doe"', '["Jane Doe"]', '{"name": "Jane Doe"}', '[{"@type": "Person", "name": ["Jane Doe"]}]',
        '{"givenName": "Jane", "familyName": "Doe"}', '{"@id": "#jane"}', '[{"@id": "#jane"}]',
        '{"schema:name": "Jane Doe"}',
    ],
)  # fmt: skip
def test_who_signs_is_found_in_every_shape_and_behind_a_reference(author: str) -> None:
    person = '{"@type": "Person", "@id": "#jane", "name": "Jane Doe"}'
    graph = f'{{"@graph": [{{"@type": "NewsArticle", "schema:author": {author}}}, {person}]}}'
    assert [thing.texts("author") for thing in things_of([graph]) if thing.is_article] == [["Jane Doe"]]


def test_entities_are_read_twice_over_and_tags_dropped() -> None:
    assert unescape("A &amp;quot;big&amp;quot; <b>day</b>\n&ouml; &#8220;") == 'A "big" day ö “'


@given(st.text(max_size=400))
def test_no_script_makes_it_fail(script: str) -> None:
    assert isinstance(things_of([script]), list)
