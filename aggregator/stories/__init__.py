"""One story, many copies: which articles are one story, how, why, and which of them to show. Pure.

The store keeps `sketch(article)` with its `index_keys`; for a new article it calls `place` with a
shelf that gives the sketches holding a key, and stores the stories that come back in place
of those that held their members. `group` does the same for any set of sketches at once.
`relate` tells which other stories a story is kin to.
"""

from aggregator.stories.candidates import MET, MOST_HOLDERS
from aggregator.stories.conflicts import Conflict, conflicts
from aggregator.stories.constraints import Constraints, Wanted
from aggregator.stories.grouping import group, group_each
from aggregator.stories.keys import asked_of_kin
from aggregator.stories.kinship import relate
from aggregator.stories.neighbourhood import MOST_MEMBERS, Shelf, place, settle
from aggregator.stories.sketches import Sketch, sketch
from aggregator.stories.telling import crowd_of

__all__ = [
    "MET",
    "MOST_HOLDERS",
    "MOST_MEMBERS",
    "Conflict",
    "Constraints",
    "Shelf",
    "Sketch",
    "Wanted",
    "asked_of_kin",
    "conflicts",
    "crowd_of",
    "group",
    "group_each",
    "place",
    "relate",
    "settle",
    "sketch",
]
