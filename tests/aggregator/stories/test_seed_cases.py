"""The cases that the seed page and its neighbours teach: what is one story and what is not."""

from aggregator import stories
from aggregator.records import Relation, Story
from crawler.records import Article
from tests.aggregator.stories import press


def grouped(*articles: Article) -> list[Story]:
    return list(stories.group(stories.sketch(article) for article in articles))


def sets_of(found: list[Story]) -> set[frozenset[str]]:
    return {frozenset(member.article_key for member in story.members) for story in found}


def cnn() -> Article:
    return press.article(
        "https://www.cnn.example/2017/03/28/us/sanctuary-cities-meeting/index.html",
        "Representatives from sanctuary cities meet in NY to share strategy",
        press.CNN_STORY,
        outlet="CNN Wire",
        wire="CNN Wire",
    )


def fox61() -> Article:
    local = (
        "HARTFORD — A delegation from Connecticut took part when sanctuary cities met in New York on Tuesday."
    )
    return press.article(
        "https://www.fox61.example/2017/03/28/representatives-from-sanctuary-cities-convene/",
        "Representatives from sanctuary cities convene in New York | FOX61",
        (local, *press.CNN_STORY[1:]),
        outlet="FOX61",
        wire="CNN Wire",
    )


def nbc() -> Article:
    return press.article(
        "https://www.nbcnews.example/news/latino/we-cannot-hide-n739681",
        "'We Cannot Hide': Sanctuary Cities Join Forces in First Meeting of Its Kind",
        press.NBC_STORY,
        outlet="NBC News",
    )


def test_a_wire_and_its_carrier_with_a_changed_headline_and_lead_are_one_story() -> None:
    (story,) = grouped(fox61(), cnn())
    relations = {member.article_key: member.relation for member in story.members}
    assert relations == {cnn().key: Relation.ORIGINAL, fox61().key: Relation.COPY}
    assert (story.shown, story.shown_because) == (cnn().key, "the wire's own page")
    (copy,) = (member for member in story.members if member.relation is Relation.COPY)
    assert "4 whole sentences in common" in copy.reason and "credits Cnn Wire" in copy.reason


def ap_carriers() -> list[Article]:
    wire = press.WIRE_STORY
    return [
        press.article(
            "https://www.khq.example/story/1",
            "Sanctuary cities huddle in New York - KHQ Right Now",
            (*press.STATION, *wire),
            outlet="KHQ",
            wire="Associated Press",
            day="2017-03-27",
        ),
        press.article(
            "https://www.thefreepress.example/canada/2",
            "U.S. sanctuary centres compare notes as grants hang in balance",
            tuple(text.replace("organizers", "organisers").replace("Monday", "Mon.") for text in wire),
            outlet="The Free Press",
            wire="The Associated Press",
        ),
        press.article(
            "https://www.wbrz.example/news/3?utm_source=rss",
            "City leaders seek common ground on immigration",
            wire[:4],
            outlet="WBRZ",
            wire="AP",
        ),
        press.article(
            "https://www.topix.example/forum/4",
            "Sanctuary cities huddle in New York",
            (wire[0][:140].replace("—", "â€”"),),
            outlet="Topix",
            day="2017-03-27",
        ),
    ]


def test_one_wire_story_under_four_headlines_one_of_them_a_stub_is_one_story() -> None:
    (story,) = grouped(*ap_carriers())
    assert len(story.members) == 4
    assert story.shown == "khq.example/story/1"


def test_two_addresses_of_one_carrier_that_differ_by_trackers_are_one_page() -> None:
    first = ap_carriers()[2]
    second = press.article(
        "https://www.wbrz.example/news/3?utm_medium=social",
        first.headline,
        press.WIRE_STORY[:4],
        outlet="WBRZ",
        wire="AP",
    )
    assert first.key == second.key
    (story,) = grouped(first, second)
    assert len(story.members) == 1


def test_two_pieces_of_one_outlet_on_one_day_stay_apart() -> None:
    one = press.article(
        "https://www.commondreams.example/views/blueprint",
        "A Blueprint For Providing Sanctuary",
        press.OWN_BLOG_POST[1:],
        outlet="Common Dreams",
    )
    other = press.article(
        "https://www.commondreams.example/news/stand-resolute",
        "Sanctuary Cities 'Stand Resolute' in Face of Sessions' Threats",
        press.CNN_STORY[2:],
        outlet="Common Dreams",
    )
    assert len(grouped(one, other)) == 2


def test_two_reports_of_one_outlet_with_the_same_background_stay_apart() -> None:
    background = press.WIRE_STORY[1:5]
    few = press.article(
        "https://www.politico.example/1",
        "Few guarantees as local governments plot 'sanctuary' policy",
        (
            "Mayors who promised to protect immigrants are finding out how little the law lets them promise.",
            "In a dozen interviews, city attorneys said the ordinances passed this winter are worded to "
            "reassure families and leave sheriffs a way out, because nobody knows what judges will say.",
            "In Nassau County the draft went through eleven versions. The last tells officers to use their "
            "judgment, which is what they did before.",
            "“You can paint the word on a bus shelter,” said Harold Finch, who advises three towns, "
            "“but it does not stop a van.”",
            *background,
        ),
        outlet="Politico",
    )
    gathering = press.article(
        "https://www.politico.example/2",
        "At sanctuary cities gathering, lawyers outnumber activists",
        (
            "The loudest applause at the opening of the meeting went to a municipal attorney.",
            "She had won the first injunction against the order, and forty colleagues wanted to know how.",
            "Then the doors closed, and the work on a common brief began that is to be filed this month.",
            *background,
        ),
        outlet="Politico",
    )
    assert len(grouped(few, gathering)) == 2


def test_a_shared_quotation_merges_no_stories() -> None:
    own = [press.NBC_STORY, press.CNN_STORY, press.OWN_BLOG_POST, press.WIRE_STORY[3:]]
    pieces = [
        press.article(
            f"https://www.outlet{order}.example/story",
            f"{order} ways of telling what city leaders did in New York",
            (text[0], press.SHARED_QUOTE, *text[1:]),
            outlet=f"Outlet {order}",
        )
        for order, text in enumerate(own)
    ]
    assert len(grouped(*pieces)) == 4


def test_a_rewrite_under_a_twin_headline_is_no_copy() -> None:
    rewrite = press.article(
        "https://www.rochesterlavoz.example/9",
        "Sanctuary Cities Join Forces in First Meeting of Its Kind",
        press.REWRITE_OF_NBC,
        outlet="La Voz",
        day="2017-03-29",
    )
    assert len(grouped(nbc(), rewrite)) == 2


def test_the_organisation_s_own_post_under_a_twin_headline_is_no_copy() -> None:
    post = press.article(
        "https://populardemocracy.example/blog/sanctuary-cities-join-forces",
        "Sanctuary Cities Join Forces in First Meeting of Its Kind",
        press.OWN_BLOG_POST,
        outlet="Center for Popular Democracy",
        day="2017-04-03",
    )
    assert len(grouped(nbc(), post)) == 2


def test_everything_at_once_groups_as_each_alone() -> None:
    everything = [cnn(), fox61(), nbc(), *ap_carriers()]
    assert sets_of(grouped(*everything)) == {
        frozenset({cnn().key, fox61().key}),
        frozenset({nbc().key}),
        frozenset(article.key for article in ap_carriers()),
    }


def test_two_reports_with_their_own_beginnings_and_one_background_stay_two() -> None:
    background = press.WIRE_STORY[1:5]
    one = press.article(
        "https://a.example/one",
        "Cities wait for the ruling on federal money",
        (*press.CNN_STORY[:4], *background),
        outlet="A",
    )
    other = press.article(
        "https://b.example/two",
        "Cities wait for a ruling on federal money",
        (*press.NBC_STORY[:4], *background),
        outlet="B",
    )
    assert len(stories.group(map(stories.sketch, (one, other)))) == 2
