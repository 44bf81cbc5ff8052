"""Page -> Article: outlet, date, headline and all else that a page says of itself, each with its evidence.

Pure: no network, no clock, arguments and results can be pickled, so that it runs in
workers that can be killed. Fetching is the spiders', campaigns are unknown here.
"""

from crawler.extraction.leads import from_lead
from crawler.extraction.reading import extract

__all__ = ["extract", "from_lead"]
