"""Pages under addresses of many vendors: share links, AMP and print views, wrappers; and what stays apart."""

import pytest

from crawler import urls

SAME: dict[str, list[str]] = {
    "https://www.thepost.example/news/wp/2024/01/02/bridge-falls/": [
        "https://www.thepost.example/amphtml/news/wp/2024/01/02/bridge-falls/",
        "https://ww2.thepost.example/news/wp/2024/01/02/bridge-falls/?sf61784=1&nonamp=1",
        "https://www.thepost.example/news/wp/2024/01/02/bridge-falls/?share=facebook&nb=1",
    ],
    "https://www.thewire.example/article/idUSKBN16Y1K0": [
        "https://mobile.thewire.example/article/amp/idUSKBN16Y1K0",
    ],
    "https://www.thetape.example/news/2024/01/02/bridge_falls/": [
        "https://m.thetape.example/news/2024/01/02/bridge_falls/amp/",
    ],
    "https://www.station.example/story/35000000/bridge-falls": [
        "https://www.station.example/story/35000000/bridge-falls?clienttype=printable",
        "https://www.station.example/story/35000000/bridge-falls?cid=social_20240102",
        "https://www.station.example/story/35000000/bridge-falls?page=with:block-58d",
        "https://www.station.example/story/35000000/bridge-falls?%61mp=1",
        "https://consent.portal.example/v2/collectConsent?done=https%3A%2F%2Fwww.station.example%2Fstory%2F35000000%2Fbridge-falls",
    ],
    "https://www.cafe.example/caf%C3%A9-des-ponts-ferme": [
        "https://www.cafe.example/cafe%CC%81-des-ponts-ferme",
    ],
    "https://www.dailybugle.com/news/city/article123456789.html": [
        "https://amp.dailybugle.com/news/city/article123456789.html",
    ],
    "https://www.dailybugle.com/story/news/2024/01/02/bridge-falls/71234567007/": [
        "https://www.dailybugle.com/story/news/2024/01/02/bridge-falls/71234567007/?gnt-cfr=1",
        "https://amp.dailybugle.com/story/news/2024/01/02/bridge-falls/71234567007/",
    ],
    "https://www.wabc.com/2024/01/02/bridge-falls/": [
        "https://www.wabc.com/2024/01/02/bridge-falls/amp/",
        "https://www.wabc.com/2024/01/02/bridge-falls/?amp=1",
        "https://www.wabc.com/2024/01/02/bridge-falls/?outputType=amp",
    ],
    "https://www.zeitung.de/politik/bruecke-100.html": [
        "https://www.zeitung.de/politik/bruecke-100~amp.html",
        "https://m.zeitung.de/politik/bruecke-100.html",
    ],
    "https://www.spiegelbild.de/panorama/bruecke-a-1234567.html": [
        "https://www.spiegelbild.de/panorama/bruecke-a-1234567-amp.html",
    ],
    "https://www.zeitung.de/bruecke,id123.html": [
        "https://www.zeitung.de/bruecke,id123,print.html",
    ],
    "https://www.lejournal.fr/societe/article/2024/01/02/le-pont_6200000_3224.html": [
        "https://www.lejournal.fr/societe/article/2024/01/02/le-pont_6200000_3224.html?random=12345",
    ],
    "https://elpais.example/espana/2024-01-02/el-puente.html": [
        "https://elpais.example/espana/2024-01-02/el-puente.html?outputType=amp",
    ],
    "https://www.lavanguardia.example/local/20240102/9478/puente.html": [
        "https://www.lavanguardia.example/local/20240102/9478/puente.amp.html",
        "https://www.lavanguardia.example/local/20240102/9478/puente.html?facet=amp",
    ],
    "https://news.example/articles/bridge?id=77": [
        "https://news.example/articles/bridge?id=77&print=true",
    ],
    "https://news.example/bridge-falls": [
        "https://news.example/bridge-falls?view=print",
    ],
    "https://news.example/a/bridge-falls": [
        "https://news.example/a/bridge-falls#comments",
        "https://news.example/a/bridge-falls?fbclid=IwAR123&mc_cid=aa&mc_eid=bb",
        "https://news.example/a/bridge-falls?taid=65a&utm_campaign=trueAnthem&utm_medium=trueAnthem",
        "https://news.example/a/bridge-falls?smid=nytcore-ios-share&referringSource=articleShare",
        "https://news.example/a/bridge-falls?unlocked_article_code=1.ABC&smid=url-share",
        "https://news.example/a/bridge-falls?ocid=socialflow_twitter",
        "https://news.example/a/bridge-falls?cmpid=bloomberg.com-uscommunity",
        "https://news.example/a/bridge-falls?guccounter=1&guce_referrer=aHR0",
        "https://news.example/a/bridge-falls?wtmc=ct_mv",
        "https://news.example/a/bridge-falls?wt_mc=nl.red.ho",
        "https://news.example/a/bridge-falls?xtor=CS1-33",
        "https://news.example/a/bridge-falls?at_medium=RSS&at_campaign=KARANGA",
        "https://news.example/a/bridge-falls?traffic_source=KeepReading",
        "https://news.example/a/bridge-falls?srsltid=AfmBO",
        "https://news.example/a/bridge-falls?_gl=1*abc&_ga=2.1",
        "https://news.example/a/bridge-falls?gad_source=1&gclid=x&wbraid=y",
        "https://news.example/a/bridge-falls?vgo_ee=abc&s_cid=x",
        "https://news.example/a/bridge-falls?mkt_tok=abc&trk=public_post",
        "https://news.example/a/bridge-falls?_hsenc=p2&_hsmi=12",
        "https://news.example/a/bridge-falls?igshid=abc&ref_src=twsrc%5Etfw",
        "https://news.example/a/bridge-falls?partner=rss&emc=rss",
        "https://news.example/a/bridge-falls;jsessionid=ABCDEF0123456789",
        "https://news.example/a/bridge-falls?PHPSESSID=0123456789abcdef",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fnews.example%2Fa%2Fbridge-falls&h=AT0",
        "https://www.google.com/url?rct=j&sa=t&url=https://news.example/a/bridge-falls&ct=ga",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__news.example_a_bridge-2Dfalls&d=DwMFaQ&c=x",
        "https://urldefense.com/v3/__https://news.example/a/bridge-falls__;!!abc!xyz$",
        "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fnews.example%2Fa%2Fbridge-falls&data=05",
        "https://web.archive.org/web/20240102030405/https://news.example/a/bridge-falls",
        "https://archive.ph/2024.01.02-030405/https://news.example/a/bridge-falls",
        "https://translate.google.com/translate?sl=en&tl=es&u=https://news.example/a/bridge-falls",
        "https://news-example.translate.goog/a/bridge-falls?_x_tr_sl=en&_x_tr_tl=es",
        "https://www.linkedin.com/redir/redirect?url=https%3A%2F%2Fnews%2Eexample%2Fa%2Fbridge-falls&urlhash=x",
        "https://out.reddit.com/t3_abc?url=https%3A%2F%2Fnews.example%2Fa%2Fbridge-falls&token=x",
        "https://t.umblr.com/redirect?z=https%3A%2F%2Fnews.example%2Fa%2Fbridge-falls&t=x",
        "https://www.youtube.com/redirect?event=video_description&q=https%3A%2F%2Fnews.example%2Fa%2Fbridge-falls",
        "https://vk.com/away.php?to=https%3A%2F%2Fnews.example%2Fa%2Fbridge-falls",
        "https://l.instagram.com/?u=https%3A%2F%2Fnews.example%2Fa%2Fbridge-falls&e=x",
        "https://duckduckgo.com/l/?uddg=https%3A%2F%2Fnews.example%2Fa%2Fbridge-falls",
        "https://r.search.yahoo.com/_ylt=A/RV=2/RE=17/RO=10/RU=https%3a%2f%2fnews.example%2fa%2fbridge-falls/RK=2/RS=x-",
        "https://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&tid=1&url=https%3a%2f%2fnews.example%2fa%2fbridge-falls&c=1",
        "https://steamcommunity.com/linkfilter/?url=https://news.example/a/bridge-falls",
        "https://mailchi.mp/redirect?url=https%3A%2F%2Fnews.example%2Fa%2Fbridge-falls",
        "https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fnews.example%2fa%2fbridge-falls&c=E",
        "https://protect-us.mimecast.com/redirect/x?url=https%3A%2F%2Fnews.example%2Fa%2Fbridge-falls",
        "https://clicks.trendmicro.com/?url=https%3a%2f%2fnews.example%2fa%2fbridge-falls",
        "https://slack-redir.net/link?url=https%3A%2F%2Fnews.example%2Fa%2Fbridge-falls",
        "https://www.inoreader.com/article/redirect?url=https%3A%2F%2Fnews.example%2Fa%2Fbridge-falls",
        "https://news-example.cdn.ampproject.org/c/s/news.example/a/bridge-falls",
        "https://www.google.com/amp/s/news.example/a/bridge-falls",
        "https://12ft.io/https://news.example/a/bridge-falls",
        "https://12ft.io/proxy?q=https%3A%2F%2Fnews.example%2Fa%2Fbridge-falls",
        "https://outline.com/https://news.example/a/bridge-falls",
        "https://getpocket.com/redirect?url=https%3A%2F%2Fnews.example%2Fa%2Fbridge-falls",
        "https://click.linksynergy.com/deeplink?id=x&mid=1&murl=https%3A%2F%2Fnews.example%2Fa%2Fbridge-falls",
        "https://www.smartnews.com/redirect?url=https%3A%2F%2Fnews.example%2Fa%2Fbridge-falls",
        "https://href.li/?https://news.example/a/bridge-falls",
        "https://exit.sc/?url=https%3A%2F%2Fnews.example%2Fa%2Fbridge-falls",
        "https://flip.it/redirect?url=https%3A%2F%2Fnews.example%2Fa%2Fbridge-falls",
        "https://www.msn.com/redirect?url=https%3A%2F%2Fnews.example%2Fa%2Fbridge-falls",
        "https://news.example/a/bridge-falls/index.html",
    ],
    "https://münchen.example/brücke": [
        "https://xn--mnchen-3ya.example/br%C3%BCcke",
    ],
    "https://news.example/a/bridge%2Dfalls": [
        "https://news.example/a/bridge-falls",
    ],
    "https://news.example:443/a/bridge-falls": [
        "http://news.example/a/bridge-falls/",
    ],
    "https://www.gazette.example/print/bridge-falls-123456": [
        "https://www.gazette.example/bridge-falls-123456",
    ],
    "https://www.gazette.example/news/local/bridge-falls/article_1a2b3c4d-0000-11ee-8000-123456789abc.html": [
        "https://www.gazette.example/news/local/bridge-falls/article_1a2b3c4d-0000-11ee-8000-123456789abc.amp.html",
        "https://www.gazette.example/news/local/bridge-falls/article_1a2b3c4d-0000-11ee-8000-123456789abc.html?mode=nowapp",
    ],
    "https://www.gazette.example/news/bridge/article_1a2b3c4d.html": [
        "https://www.gazette.example/news/bridge/article_1a2b3c4d.html?mode=comments",
    ],
    "https://kxyz.example/2024/01/02/bridge-falls/": [
        "https://kxyz.example/2024/01/02/bridge-falls/?nxsparam=1",
        "https://kxyz.example/2024/01/02/bridge-falls/?highlight=0&rq=1&_=1709612345678&t=1709612345",
        "https://kxyz.example/2024/01/02/bridge-falls/amp/%3Famp=1",
        "https://cdn.ampproject.org/c/s/kxyz.example/2024/01/02/bridge-falls/amp/",
        "https://fr.search.yahoo.com/_ylt=A/RV=2/RU=https%3a%2f%2fkxyz.example%2f2024%2f01%2f02%2fbridge-falls%2f/RK=2/RS=x-",
        "https://approach.portal.example/r/QUyHCH?src=https://kxyz.example/2024/01/02/bridge-falls/&preview=auto",
    ],
    "https://kxyz.example/2024/01/02/bridge/": [
        "https://kxyz.example/2024/01/02/bridge/amp/",
        "https://kxyz.example/2024/01/02/bridge/?shown=front",
    ],
    "https://www.channel.example/india-news/bridge-falls-in-city-5180123": [
        "https://www.channel.example/india-news/bridge-falls-in-city-5180123/amp/1",
        "https://www.channel.example/india-news/bridge-falls-in-city-5180123/lite/",
        "https://www.channel.example/india-news/.amp/bridge-falls-in-city-5180123",
    ],
    "https://www.zeitung.de/politik/bruecke-1.6412345": [
        "https://www.zeitung.de/politik/bruecke-1.6412345!amp",
    ],
    "https://agency.example/article/bridge-falls-0123456789abcdef0123456789abcdef": [
        "https://agency.example/0123456789abcdef0123456789abcdef",
        "https://www.agency.example/article/bridge-is-closed-0123456789abcdef0123456789abcdef?utm_source=x",
    ],
    "https://www.spiegelbild.de/panorama/bruecke-a-5a1b2c3d-0000-1111-2222-333344445555": [
        "https://www.spiegelbild.de/panorama/bruecke-a-5a1b2c3d-0000-1111-2222-333344445555-amp",
    ],
    "https://n.news.naver.com/mnews/article/001/0014545454?sid=100": [
        "https://news.naver.com/main/read.naver?mode=LSD&sid1=100&oid=001&aid=0014545454",
    ],
    "https://www.msn.com/en-us/news/us/bridge-falls/ar-BB1jlXyZ": [
        "https://www.msn.com/en-us/news/world/the-bridge/ar-BB1jlXyZ?ocid=BingNewsSearch",
    ],
    "https://jane.substack.com/p/bridge": [
        "https://open.substack.com/pub/jane/p/bridge?r=abc&showWelcome=true",
    ],
    "https://www.facebook.com/permalink.php?story_fbid=1&id=2": [
        "https://m.facebook.com/story.php?story_fbid=1&id=2",
    ],
}
DIFFERENT = [
    ("https://a.example/forum?thread=1", "https://a.example/forum?thread=2"),
    ("https://a.example/search?keyword=bridge", "https://a.example/search?keyword=river"),
    ("https://a.example/index.php?module=news", "https://a.example/index.php?module=blog"),
    ("https://a.example/bridge-falls-2024?cid=17", "https://a.example/bridge-falls-2024?cid=18"),
    ("https://news.example/story?id=1", "https://news.example/story?id=2"),
    ("https://news.example/live/bridge?post=12", "https://news.example/live/bridge?post=13"),
    ("https://news.example/a/bridge-falls?page=2", "https://news.example/a/bridge-falls?page=3"),
    ("https://news.example/a/bridge-falls/2", "https://news.example/a/bridge-falls/3"),
    ("https://news.example/en/bridge", "https://news.example/es/bridge"),
    ("https://news.example/Ab3Cd", "https://news.example/aB3cD"),
    ("https://youtu.be/AbCdEfGhIjk", "https://youtu.be/AbCdEfGhIjK"),
    ("https://news.example/?p=123", "https://news.example/?p=124"),
    ("https://news.example/article.php?aid=10", "https://news.example/article.php?aid=11"),
    ("https://news.example/amp/a-story-on-amps", "https://news.example/another-story"),
    ("https://news.example/print/", "https://news.example/"),
    ("https://news.example/mobile-phones", "https://news.example/phones"),
    ("https://sport.news.example/final", "https://news.example/final"),
    (
        "https://news.example/default.aspx?tabid=1&artid=5",
        "https://news.example/default.aspx?tabid=1&artid=6",
    ),
    ("https://news.example/#!/story/1", "https://news.example/#!/story/2"),
    ("https://news.example/a/1.html", "https://news.example/a/1_2.html"),
    ("https://news.example/news/2024-01-02", "https://news.example/news/2024-01-03"),
    ("https://news.example/search?q=bridge", "https://news.example/search?q=tunnel"),
    ("https://news.example/story?lang=es&id=1", "https://news.example/story?lang=en&id=1"),
    ("https://news.example/bridge-falls-again?foto=3", "https://news.example/bridge-falls-again?foto=4"),
    ("https://news.example/2024/01/02/bridge?page=0", "https://news.example/2024/01/02/bridge?page=2"),
    ("https://news.example/topics/amp", "https://news.example/topics"),
    (
        "https://news.example/en/0123456789abcdef0123456789abcdef",
        "https://news.example/es/0123456789abcdef0123456789abcdef",
    ),
    (
        "https://news.example/0123456789abcdef0123456789abcdef",
        "https://news.example/0123456789abcdef0123456789abcdef/2",
    ),
    ("https://news.example/read.naver?oid=001&aid=1", "https://news.example/read.naver?oid=001&aid=2"),
    ("https://n.news.naver.com/article/001/1", "https://n.news.naver.com/article/002/1"),
    ("https://news.example/?s=tv", "https://news.example/?s=pc"),
]


@pytest.mark.parametrize(("page", "form"), [(page, form) for page, forms in SAME.items() for form in forms])
def test_a_form_of_a_page_has_the_pages_key(page: str, form: str) -> None:
    assert urls.key(form) == urls.key(page)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_pages_have_two_keys(one: str, other: str) -> None:
    assert urls.key(one) != urls.key(other)
