"""The learned weights are plain data about signs, and know no page, domain or id."""

import json
import re
from importlib.resources import files

from crawler.extraction.choose import Option, score

WEIGHTS = json.loads(files("crawler.extraction").joinpath("weights.json").read_text("utf-8"))


def test_every_field_that_is_chosen_has_weights() -> None:
    assert set(WEIGHTS) == {"headline", "outlet", "published", "authors"}
    assert all(isinstance(weight, float) for signs in WEIGHTS.values() for weight in signs.values())


def test_no_sign_names_a_domain_or_an_id() -> None:
    signs = [sign for signs in WEIGHTS.values() for sign in signs]
    assert not [sign for sign in signs if re.search(r"\w\.(?:com|org|net|de|ch|uk)\b|[0-9a-f]{8}", sign)]


def test_a_score_is_the_sum_of_signs_times_weights() -> None:
    option = Option("a", "a")
    option.add("early", 0.5)
    option.add("visible")
    option.add("aside", 0.0)
    assert option.signs == {"early": 0.5, "visible": 1.0}
    assert score(option, {"early": 2.0, "visible": 1.0, "aside": -9.0}) == 2.0
