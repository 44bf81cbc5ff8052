"""The campaign of the seed page and articles in the manner of its press, for the tests of matching."""

from datetime import UTC, date, datetime, timedelta, timezone

from aggregator.matching import Matcher, Verdict
from aggregator.records import Campaign, Pack
from crawler.records import Article, Moment, Outlet, Part, Precision, Scope, Zone

PACK = Pack(
    hashtags=("#SeekingSanctuary",),
    names=("Seeking Sanctuary", "Local Progress National Convening"),
    hosts=("Local Progress", "Center for Popular Democracy"),
    people=("Melissa Mark-Viverito", "Brad Lander"),
    places=("New York", "Manhattan", "Nueva York"),
    context=("sanctuary cit*", "sanctuary polic*", "ciudades santuario", "ciudad santuario"),
)
CAMPAIGN = Campaign(
    slug="seeking-sanctuary",
    name="Seeking Sanctuary",
    pack=PACK,
    own_domains=("localprogress.org", "populardemocracy.org"),
    partner_domains=("council.nyc.gov",),
    starts_on=date(2017, 3, 27),
    ends_on=date(2017, 3, 28),
)
OUTLETS = (
    Outlet(slug="nbc-news", name="NBC News", domains=("nbcnews.com",), scope=Scope.NATIONAL, country="US"),
    Outlet(slug="wire", name="PR Newswire", domains=("prnewswire.com",), scope=Scope.PRESS_RELEASE),
)


def moment(day: str, hour: int = 12, offset: int | None = -240) -> Moment:
    """Noon of a day on the American east coast, unless said otherwise."""
    local = datetime.fromisoformat(day).replace(hour=hour, tzinfo=timezone(timedelta(minutes=offset or 0)))
    instant = local.astimezone(UTC)
    return Moment(instant=instant, offset_minutes=offset, precision=Precision.MINUTE)


def article(
    text: str = "", headline: str = "City budget talks go on", *parts: tuple[Zone, str], **fields: object
) -> Article:
    """An article of NBC News during the event, with what a test wants to be different."""
    known: dict[str, object] = {
        "key": "k",
        "url": "https://www.nbcnews.com/a",
        "canonical_url": "https://www.nbcnews.com/a",
        "outlet": "NBC News",
        "outlet_slug": "nbc-news",
        "first_seen": datetime(2017, 3, 29, tzinfo=UTC),
        "published": moment("2017-03-28"),
        "language": "en",
        "parts": tuple(Part(zone=zone, text=words) for zone, words in parts),
    }
    return Article(headline=headline, text=text, **(known | fields))  # type: ignore[arg-type]


def judge(piece: Article, campaign: Campaign = CAMPAIGN) -> Verdict:
    """The verdict of one campaign on one article."""
    (verdict,) = Matcher([campaign], OUTLETS).judge(piece)
    return verdict
