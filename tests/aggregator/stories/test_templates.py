"""Pages of one template, each about another place or day, are stories of their own; new versions are not."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

import pytest

from aggregator import stories
from crawler.records import Article
from tests.aggregator.stories import press

NUMBERS = itertools.count(10_000)
ROBBERY = (
    "The man, who wore a gray coat and a straw hat, handed a teller a note shortly after nine "
    "and left with an "
    "undisclosed amount of cash. Nobody was hurt.",
    "“He was very polite,” said Ines Orlov, who stood behind him. “He said thank you and held the door.”",
    "It was the third robbery at the branch in five years. The bank said that it would stay closed until "
    "Wednesday and offered a reward for anything that leads to the return of the money, mostly small bills.",
    "Detectives asked anyone with video from the area between the square and the river to call the tip line.",
)
# A headline and a text for each language, and what is put in their place: words that are no numbers.
TEMPLATES = {
    "en": (
        "How to vote in {0} County: polls, deadlines and what is on the ballot",
        "Voters in {0} County head to the polls on Tuesday to choose a new commissioner and decide "
        "on a bond. "
        "Polls open at 7 a.m. and close at 8 p.m. If you are in line when they close you may still vote. "
        "To find your polling place in {0} County, visit the clerk’s website or call the office. "
        "You must show a photo identification card such as a driver license, passport or military card. "
        "Mail ballots must be received by the time the polls close; late ballots will not be counted. "
        "Results will be posted on our website. Sign up for our election newsletter to have them sent.",
        ("Dalton", "Marion"),
    ),
    "th": (
        "เตือนพายุฝนถล่ม{0}",
        "กรมอุตุนิยมวิทยาออกประกาศเตือนพายุฝนฟ้าคะนองและลมกระโชกแรงในพื้นที่{0} "
        "ขอให้ประชาชนระวังอันตรายจากสภาพอากาศ "
        "ควรหลีกเลี่ยงการอยู่ในที่โล่งแจ้ง ใต้ต้นไม้ใหญ่ และป้ายโฆษณาที่ไม่แข็งแรง "
        "ประชาชนสามารถติดตามข้อมูลได้ที่เว็บไซต์ของกรมอุตุนิยมวิทยาตลอดยี่สิบสี่ชั่วโมง",
        ("ภาคเหนือ", "กรุงเทพมหานคร"),
    ),
    "zh": (
        "{0}公安破获一起特大案件",
        "近日,{0}公安机关成功破获一起特大案件,抓获犯罪嫌疑人多名,涉案金额巨大。办案民警介绍,该团伙组织严密、分工明确,作案手段隐蔽。"
        "专案组历时数月,辗转多个省市,最终将犯罪嫌疑人全部抓获归案。警方提醒广大群众,要提高防范意识,遇到可疑情况及时报警。",
        ("武汉", "成都"),
    ),
}


def page(outlet: str, headline: str, text: Sequence[str], day: str = "2017-03-28") -> Article:
    """A page of its own at an outlet."""
    url = f"https://www.{outlet}.example/news/a-story-{next(NUMBERS)}"
    return press.article(url, headline, tuple(text), outlet=outlet, day=day)


def are_one(*pages: Article) -> bool:
    """Whether these pages are one story."""
    return len(stories.group(map(stories.sketch, pages))) == 1


@pytest.mark.parametrize("other_outlet", ["alpha", "beta"])
@pytest.mark.parametrize("language", TEMPLATES)
def test_a_template_filled_for_two_places_is_two_stories(language: str, other_outlet: str) -> None:
    headline, text, places = TEMPLATES[language]
    one, other = (
        replace(page(outlet, headline.format(place), [text.format(place)]), language=language)
        for outlet, place in zip(("alpha", other_outlet), places, strict=True)
    )
    assert not are_one(one, other)
    copy = page(other_outlet, headline.format(places[0]), [text.format(places[0])], day="2017-03-29")
    assert are_one(one, replace(copy, language=language))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            (
                "Suspect sought in bank robbery",
                "Police are looking for a man who robbed a bank, officials said.",
            ),
            (
                "Suspect arrested in bank robbery",
                "Police have arrested a man who robbed a bank, officials said.",
            ),
        ),
        (
            (
                "Three hurt as bank is robbed in Kiev",
                "Three people were hurt in Kiev by a robber on a bicycle.",
            ),
            (
                "Five hurt as bank is robbed in Kyiv",
                "Five people were hurt in Kyiv by a robber on a bicycle.",
            ),
        ),
        (
            ("Polite robber of Turkey Street", "A man robbed a bank on Turkey Street and left on a bicycle."),
            (
                "Polite robber of Türkiye Street",
                "A man robbed a bank on Türkiye Street and left on a bicycle.",
            ),
        ),
    ],
)
@pytest.mark.parametrize("other_outlet", ["alpha", "beta"])
def test_new_facts_and_spellings_make_no_other_story(
    first: tuple[str, str], second: tuple[str, str], other_outlet: str
) -> None:
    one = page("alpha", first[0], [first[1], *ROBBERY])
    assert are_one(one, page(other_outlet, second[0], [second[1], *ROBBERY]))


def test_a_column_of_another_day_is_another_story_though_most_of_it_stands_every_day() -> None:
    every_day = (
        "Remember to check the pollen count before heading outside, and drink plenty of water this "
        "afternoon.",
        "Download our weather app to get live radar, hourly forecasts and warnings sent straight "
        "to your phone.",
        "Watch our meteorologists every weekday morning from five to seven, and again at noon, on "
        "your station.",
    )
    monday = ("Expect sunny skies for most of the area with temperatures in the seventies.", *every_day)
    tuesday = ("Storms roll in from the north with gusts that may bring down branches.", *every_day)
    headline = "Your morning forecast"
    assert not are_one(page("alpha", headline, monday), page("alpha", headline, tuesday, "2017-03-29"))
    assert are_one(page("alpha", headline, monday), page("alpha", headline, monday, "2017-03-29"))


def test_long_quotations_under_the_same_headline_make_no_copy() -> None:
    quote = (
        "“We have waited eleven years for this day, and I want to thank every neighbor who knocked "
        "on a door,” "
        "Mayor Ruth Calder said. “This bridge was closed because nobody in the capital believed that we "
        "mattered. Today it opens because we refused to go away. I will drive across it with my mother.”"
    )
    one = (
        "Cheers and car horns greeted the first vehicles to cross the bridge in more than a decade.",
        quote,
        "Merchants on Water Street say they have lost half of their customers since the old span was shut.",
    )
    other = (
        "It took two lawsuits and a bond measure decided by nine ballots, but the crossing is open again.",
        quote,
        "The department expects 14,000 vehicles a day; a path for cyclists will open in the spring.",
    )
    headline = "Harlan Bridge reopens after eleven long years"
    assert not are_one(page("alpha", headline, one), page("beta", headline, other))
