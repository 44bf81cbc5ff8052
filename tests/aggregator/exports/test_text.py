"""Plain text: the seed's form to the byte."""

from aggregator.exports import render
from aggregator.exports.wording import via
from aggregator.records import ListForm, ListItem
from tests.aggregator.exports.listings import SEED, TITLE, listing, one, seed_items


def test_the_thirteen_equal_the_seed_page_byte_for_byte() -> None:
    assert render(listing(*seed_items(), form=ListForm(paragraphs=True)), "text") == SEED.encode()


def test_text_leaves_title_and_intro_out_whatever_the_form_says() -> None:
    form = ListForm(paragraphs=True, title=TITLE, intro="The two-day convening.")
    assert render(listing(*seed_items(), form=form), "text") == SEED.encode()


def test_the_text_page_opens_with_title_and_intro_where_the_form_has_them() -> None:
    form = ListForm(paragraphs=True, title=TITLE, intro="First.\n\nSecond.")
    expected = f"{TITLE}\n\nFirst.\n\nSecond.\n\n{SEED}"
    assert render(listing(*seed_items(), form=form), "text-page") == expected.encode()


def test_by_default_headline_and_outlet_are_parted_by_a_line_break() -> None:
    expected = (
        "City Leaders Met Yesterday in NYC to Strategize the Resistance\nNext City, 3.29.2017\n\n"
        "A Blueprint For Providing Sanctuary\nCommon Dreams, 3.28.2017\n"
    )
    assert render(listing(*seed_items()[:2]), "text") == expected.encode()


def test_days_can_stand_as_headings() -> None:
    form = ListForm(group_by_day=True)
    headline = "City Leaders Met Yesterday in NYC to Strategize the Resistance"
    expected = f"3.29.2017\n\n{headline}\nNext City\n\n3.28.2017\n\n"
    assert render(listing(*seed_items()[:2], form=form), "text").startswith(expected.encode())


def test_carriers_are_named_where_the_form_asks_for_them() -> None:
    wire = seed_items()[5]
    form = ListForm(carriers=True)
    assert b"\nCNN Wire via FOX61 and 2 others, 3.28.2017\n" in render(listing(wire, form=form), "text")
    assert b"FOX61" not in render(listing(wire), "text")


def test_an_entry_without_a_day_shows_its_outlet_alone() -> None:
    item = ListItem(
        headline="On the radio", outlet="WNYC", day=None, url="", key="offline:1", note="At 9:15."
    )
    assert render(listing(item), "text") == b"On the radio\nWNYC\nAt 9:15.\n"


def test_a_headline_cannot_forge_a_second_entry() -> None:
    text = render(one(headline="Real\n\nForged\r\nNBC News, 1.1.2017\u2028x"), "text")
    assert text.count(b"\n") == 2


def test_an_empty_list_is_empty_text() -> None:
    assert render(listing(), "text") == b""


def test_carriers_in_words() -> None:
    assert [via(("A", "B", "C", "D")[:n]) for n in range(5)] == [
        "",
        "via A",
        "via A and B",
        "via A and 2 others",
        "via A and 3 others",
    ]
