"""Placing articles one by one gives the stories that grouping all at once gives, whatever the order."""

import json
import pickle
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator import stories
from aggregator.records import Crowd, Joined, Story
from aggregator.stories import Constraints, Sketch
from tests.aggregator.stories import press


class Shelf:
    """An index in memory that does what the store does: sketches by key, stories by member."""

    def __init__(self, constraints: Constraints) -> None:
        self.constraints = constraints
        self.sketches: dict[str, Sketch] = {}
        self.holders: dict[str, set[str]] = defaultdict(set)
        self.story_of: dict[str, Story] = {}

    def keep(self, sketch: Sketch) -> None:
        self.sketches[sketch.key] = sketch
        for index_key in sketch.index_keys:
            self.holders[index_key].add(sketch.key)

    def take_in(self, sketch: Sketch) -> None:
        self.keep(sketch)
        for placed in stories.place(sketch, self, self.constraints):
            story = placed if isinstance(placed, Story) else self.joined(placed)
            for member in story.members:
                self.story_of[member.article_key] = story

    def joined(self, joined: Joined) -> Story:
        """A large story with the members that it took in."""
        new = {member.article_key: member for member in (*joined.members, *joined.retold)}
        (before,) = {each for each in self.story_of.values() if each.id == joined.id}
        kept = [member for member in before.members if member.article_key not in new]
        members = sorted((*kept, *new.values()), key=lambda each: (each.told, each.article_key))
        crowd = joined.crowd
        return replace(before, members=tuple(members), shown=crowd.shown, shown_because=crowd.shown_because)

    def holding(self, index_keys: frozenset[str]) -> Iterator[Sketch]:
        held = [self.holders.get(key, set()) for key in index_keys]
        many = [each for each in held if len(each) > stories.MOST_HOLDERS]
        met = many if 3 * len(many) >= len(held) else []
        few = (each for each in held if len(each) <= stories.MOST_HOLDERS)
        first = (set(sorted(each)[: stories.MET]) for each in met)
        yield from (self.sketches[key] for key in set().union(*few, *first))

    def get(self, key: str) -> Sketch | None:
        return self.sketches.get(key)

    def homes(self, keys: Iterable[str]) -> dict[str, Story | Crowd]:
        return {key: self.story_of[key] for key in keys if key in self.story_of}

    def first_besides(self, story_id: str, key: str) -> tuple[str, str]:
        (story,) = {each for each in self.story_of.values() if each.id == story_id}
        return min((each.told, each.article_key) for each in story.members if each.article_key != key)

    def stories(self) -> tuple[Story, ...]:
        return tuple(sorted(set(self.story_of.values()), key=lambda story: story.id))


def corpus() -> list[Sketch]:
    """Five texts, each at several outlets: whole, cut, with a station's text, on another day."""
    texts = [press.WIRE_STORY, press.CNN_STORY, press.NBC_STORY, press.REWRITE_OF_NBC, press.OWN_BLOG_POST]
    made = []
    for order, text in enumerate(texts):
        variants = [
            text,
            text[:3],
            (*press.STATION, *text),
            text[1:],
            text[:1],
            (*text, press.SHARED_QUOTE),
            text[2:],
        ]
        for variant, paragraphs in enumerate(variants):
            made.append(
                press.article(
                    f"https://www.outlet{variant}.example/story/{order}-of-the-day",
                    f"Story {order} of the meeting, told by {'its own desk' if variant % 3 else 'the wire'}",
                    paragraphs,
                    outlet=f"Outlet {variant}",
                    day=f"2017-03-{25 + variant}",
                    wire="Associated Press" if variant % 2 else None,
                )
            )
    return [stories.sketch(article) for article in made]


SKETCHES = corpus()


def shelved(sketches: Iterable[Sketch], constraints: Constraints) -> tuple[Story, ...]:
    shelf = Shelf(constraints)
    for sketch in sketches:
        shelf.take_in(sketch)
    return shelf.stories()


@settings(max_examples=12, deadline=None)
@given(st.permutations(SKETCHES))
def test_any_order_gives_the_same_stories(order: list[Sketch]) -> None:
    at_once = stories.group(SKETCHES)
    assert stories.group(order) == at_once
    assert shelved(order, Constraints()) == at_once


PAIRS = st.lists(
    st.sets(st.sampled_from([sketch.key for sketch in SKETCHES]), min_size=2, max_size=2).map(frozenset),
    max_size=6,
)


@settings(max_examples=12, deadline=None)
@given(st.permutations(SKETCHES), PAIRS, PAIRS)
def test_any_order_gives_the_same_stories_under_constraints(
    order: list[Sketch], together: list[frozenset[str]], apart: list[frozenset[str]]
) -> None:
    """Among as many articles as a story may have that is still grouped anew: a larger one only takes in."""
    constraints = Constraints(together=tuple(together), apart=tuple(apart))
    order = order[: stories.MOST_MEMBERS]
    at_once = stories.group(order, constraints)
    assert shelved(order, constraints) == at_once
    held = [{member.article_key for member in story.members} for story in at_once]
    assert not any(pair <= keys for pair in apart for keys in held)


def test_the_corpus_of_this_test_has_stories_of_several_members() -> None:
    sizes = sorted(len(story.members) for story in stories.group(SKETCHES))
    assert sizes[-1] >= 4 and len(sizes) >= 5


@pytest.mark.parametrize("times", [1, 3])
def test_an_article_that_comes_again_changes_nothing(times: int) -> None:
    assert stories.group(SKETCHES * times) == stories.group(SKETCHES)
    assert shelved(SKETCHES * times, Constraints()) == stories.group(SKETCHES)


def test_a_sketch_survives_json_and_pickle() -> None:
    for sketch in SKETCHES:
        assert Sketch.from_json(json.loads(json.dumps(sketch.to_json()))) == sketch
        assert pickle.loads(pickle.dumps(sketch)) == sketch
