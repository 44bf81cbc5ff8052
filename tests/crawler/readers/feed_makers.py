# ruff: noqa: E501 - pieces of feeds, one a line
"""Feeds of our own making by the thousand: kinds × titles, links, dates, encodings, breakages, and mixtures."""

from collections.abc import Callable
from dataclasses import dataclass, field

Bytes = Callable[[str], bytes]


@dataclass(frozen=True)
class Made:
    """One feed: its name says what is in it, so that a difference can be found again."""

    name: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()
    true_date: str | None = None


@dataclass(frozen=True)
class Parts:
    """What goes into a feed; `title`, `link` and `date` are XML as it shall stand there."""

    kind: str = "rss20"
    title: str = "<title>Mayors answer the threat</title>"
    link: str = "<link>https://daily.example/2017/03/28/story-{n}</link>"
    date: str = "<pubDate>Tue, 28 Mar 2017 10:00:00 -0400</pubDate>"
    more: str = "<description>They answered on Tuesday.</description>"
    frame: str = ""
    root: str = ""
    head: str = '<?xml version="1.0" encoding="utf-8"?>'
    items: int = 2
    true_date: str | None = None
    name: tuple[str, ...] = field(default=(), compare=False)


_SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"'
    ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
    ' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
)
_RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
_CHANNEL = "<title>Daily</title><link>https://daily.example/</link><description>News</description>"
KINDS: dict[str, tuple[str, str, str, str]] = {  # opening, item opening, item closing, closing
    "rss20": (f'<rss version="2.0" {_SPACES}{{root}}><channel>{_CHANNEL}{{frame}}', "<item>", "</item>", "</channel></rss>"),
    "rss092": (f'<rss version="0.92" {_SPACES}{{root}}><channel>{_CHANNEL}{{frame}}', "<item>", "</item>", "</channel></rss>"),
    "rss091": (f'<rss version="0.91" {_SPACES}{{root}}><channel>{_CHANNEL}{{frame}}', "<item>", "</item>", "</channel></rss>"),
    "rss10": (f'<rdf:RDF {_RDF} xmlns="http://purl.org/rss/1.0/" {_SPACES}{{root}}><channel rdf:about="https://daily.example/">{_CHANNEL}{{frame}}</channel>', '<item rdf:about="https://daily.example/about-{n}">', "</item>", "</rdf:RDF>"),
    "rss090": (f'<rdf:RDF {_RDF} xmlns="http://my.netscape.com/rdf/simple/0.9/" {_SPACES}{{root}}><channel>{_CHANNEL}{{frame}}</channel>', "<item>", "</item>", "</rdf:RDF>"),
    "atom10": (f'<feed xmlns="http://www.w3.org/2005/Atom" {_SPACES}{{root}}><title>Daily</title><link href="https://daily.example/"/><id>tag:daily.example,2017:feed</id>{{frame}}', "<entry><id>tag:daily.example,2017:{n}</id>", "</entry>", "</feed>"),
    "atom03": (f'<feed version="0.3" xmlns="http://purl.org/atom/ns#" {_SPACES}{{root}}><title>Daily</title><link rel="alternate" type="text/html" href="https://daily.example/"/>{{frame}}', "<entry><id>tag:daily.example,2017:{n}</id>", "</entry>", "</feed>"),
    "prefixed": (f'<a:feed xmlns:a="http://www.w3.org/2005/Atom" {_SPACES}{{root}}><a:title>Daily</a:title>{{frame}}', "<a:entry><a:id>tag:daily.example,2017:{n}</a:id>", "</a:entry>", "</a:feed>"),
}  # fmt: skip
IS_ATOM = {"atom10", "atom03", "prefixed"}

# Inner text of a title, and its type in Atom.
TITLES = {
    "plain": ("Mayors answer the threat", ""),
    "entities": ("Mayors &amp; councils answer &lt;threat&gt; &quot;now&quot; it&apos;s", ""),
    "numeric": ("Caf&#233; &#x2014; &#8220;quotes&#8221; &#x1F4F0;", ""),
    "accents": ("Así reacciona la Cámara – «élections» Öl žluťoučký", ""),
    "cjk": ("市長が脅威に答える 시장 市长", ""),
    "rtl": ("رؤساء البلديات يردون", ""),
    "cdata": ("<![CDATA[Mayors & councils answer]]>", ""),
    "cdata html": ("<![CDATA[Mayors <b>answer</b> &amp; act]]>", "html"),
    "escaped html": ("Mayors &lt;em&gt;answer&lt;/em&gt; &amp;amp; act", "html"),
    "escaped entity": ("Mayors&amp;#8217; answer &amp;eacute;", "html"),
    "xhtml": ('<div xmlns="http://www.w3.org/1999/xhtml">Mayors <b>answer</b></div>', "xhtml"),
    "naked markup": ("Mayors <b>answer</b> the threat", ""),
    "text type": ("Mayors &amp; councils", "text"),
    "lines": ("\n   Mayors\n   answer\tthe   threat\n  ", ""),
    "comment": ("Mayors <!-- of cities --> answer", ""),
    "instruction": ("Mayors <?php echo 1 ?> answer", ""),
    "nbsp": ("Mayors&#160;answer", ""),
    "two cdata": ("<![CDATA[Mayors ]]><![CDATA[answer]]>", ""),
    "mixed cdata": ("Mayors <![CDATA[& councils]]> answer", ""),
    "angle": ("3 &lt; 4 &amp;&amp; 5 &gt; 2", ""),
    "ampersand word": ("AT&amp;T and R&amp;D", ""),
    "long": ("word " * 400, ""),
    "empty": ("", ""),
    "blank": ("   ", ""),
    "emoji": ("📰 Mayors 🏛️ answer", ""),
    "soft hyphen": ("May&#173;ors answer", ""),
}  # fmt: skip

# A link as RSS writes it, and as Atom does; {n} is the item's number.
_STORY = "https://daily.example/2017/03/28/story-{n}"
LINKS = {
    "absolute": (f"<link>{_STORY}</link>", f'<link href="{_STORY}"/>'),
    "alternate": (f'<atom:link rel="alternate" href="{_STORY}"/>', f'<link rel="alternate" type="text/html" href="{_STORY}"/>'),
    "path": ("<link>/2017/story-{n}</link>", '<link href="/2017/story-{n}"/>'),
    "relative": ("<link>story-{n}</link>", '<link href="story-{n}"/>'),
    "dots": ("<link>../../story-{n}</link>", '<link href="../../story-{n}"/>'),
    "query": ("<link>?id={n}</link>", '<link href="?id={n}"/>'),
    "no scheme": ("<link>//other.example/{n}</link>", '<link href="//other.example/{n}"/>'),
    "ampersands": (f"<link>{_STORY}?a=1&amp;b=2</link>", f'<link href="{_STORY}?a=1&amp;b=2"/>'),
    "cdata": (f"<link><![CDATA[{_STORY}?a=1&b=2]]></link>", f'<link href="{_STORY}?a=1&#38;b=2"/>'),
    "blanks": (f"<link>\n  {_STORY}\n  </link>", f'<link href=" {_STORY} "/>'),
    "upper": ("<link>HTTPS://DAILY.example/Story-{n}</link>", '<link href="HTTPS://DAILY.example/Story-{n}"/>'),
    "fragment": (f"<link>{_STORY}#top</link>", f'<link href="{_STORY}#top"/>'),
    "iri": ("<link>https://daily.example/así/{n}</link>", '<link href="https://daily.example/así/{n}"/>'),
    "idn": ("<link>https://zeitung-süd.example/{n}</link>", '<link href="https://zeitung-süd.example/{n}"/>'),
    "port": ("<link>https://daily.example:8443/{n}</link>", '<link href="https://daily.example:8443/{n}"/>'),
    "guid": (f"<guid>{_STORY}</guid>", f"<id>{_STORY}</id>"),
    "guid permalink": (f'<guid isPermaLink="true">{_STORY}</guid>', f"<id>{_STORY}</id>"),
    "guid no permalink": (f'<guid isPermaLink="false">{_STORY}</guid>', f"<id>{_STORY}</id>"),
    "guid and link": (f'<guid isPermaLink="false">x{{n}}</guid><link>{_STORY}</link>', f'<link href="{_STORY}"/>'),
    "several": (f'<link>{_STORY}</link><atom:link rel="self" href="https://daily.example/self"/>', f'<link rel="self" href="https://daily.example/self"/><link rel="enclosure" href="https://daily.example/x.mp3"/><link rel="alternate" href="{_STORY}"/>'),
    "burnt": (f"<link>https://feeds.example/~r/{{n}}</link><feedburner:origLink>{_STORY}</feedburner:origLink>", f'<link href="https://feeds.example/~r/{{n}}"/><feedburner:origLink>{_STORY}</feedburner:origLink>'),
    "item base": ('<link xml:base="https://base.example/a/">b-{n}</link>', '<link xml:base="https://base.example/a/" href="b-{n}"/>'),
    "mail": ("<link>mailto:editor@daily.example</link>", '<link href="mailto:editor@daily.example"/>'),
    "script": ("<link>javascript:void(0)</link>", '<link href="javascript:void(0)"/>'),
    "urn": ("<link>urn:uuid:1-2-{n}</link>", '<link href="urn:uuid:1-2-{n}"/>'),
    "none": ("", ""),
    "back": ("<link>https://daily.example/feed/news</link>", '<link href="https://daily.example/feed/news"/>'),
    "empty": ("<link></link>", "<link/>"),
    "enclosure": (f'<link>{_STORY}</link><enclosure url="https://daily.example/a.mp3" type="audio/mpeg" length="1"/>', f'<link href="{_STORY}"/><link rel="enclosure" href="https://daily.example/a.mp3"/>'),
    "media": (f'<media:content url="https://img.example/1.jpg"><media:title>Picture</media:title></media:content><link>{_STORY}</link>', f'<media:thumbnail url="https://img.example/1.jpg"/><link href="{_STORY}"/>'),
    "image": (f"<image><url>https://img.example/1.jpg</url><title>Picture</title><link>https://img.example/</link></image><link>{_STORY}</link>", f'<link href="{_STORY}"/>'),
    "two links": ("<link>https://daily.example/other-{n}</link><link>https://daily.example/last-{n}</link>", '<link href="https://daily.example/other-{n}"/><link rel="alternate" href="https://daily.example/last-{n}"/>'),
    "media title": (f'<media:title>Picture</media:title><link>{_STORY}</link>', f'<media:title>Picture</media:title><link href="{_STORY}"/>'),
    "source": (f'<link>{_STORY}</link><source url="https://other.example/feed">Other</source>', f'<link href="{_STORY}"/><source><title>Other</title><link href="https://other.example/"/><id>o</id><updated>2016-01-01T00:00:00Z</updated></source>'),
}  # fmt: skip

DATES = """
Tue, 28 Mar 2017 10:00:00 -0400|Tue, 28 Mar 2017 14:00:00 GMT|Tue, 28 Mar 2017 14:00:00 +0000|28 Mar 2017 10:00:00 EDT
Tue, 28 Mar 2017 10:00:00 EST|Tue, 28 Mar 2017 10:00:00 PST|Tue, 28 Mar 2017 14:00 UT|Tue, 28 Mar 17 10:00:00 GMT
Tue, 28 Mar 2017 10:00 -0400|Tue, 28 Mar 2017 14:00:00 Z|Tuesday, 28 March 2017 10:00:00 GMT|tue, 28 mar 2017 10:00:00 gmt
Tue,28 Mar 2017 10:00:00 GMT|Tue, 28  Mar  2017  10:00:00  GMT|Tue, 8 Mar 2017 09:05:03 +0530|Tue, 28 Mar 2017 10:00:00 +02:00
Tue, 28 Mar 2017 23:59:60 GMT|Mon, 28 Mar 2017 10:00:00 GMT|Tue, 28-Mar-2017 10:00:00 GMT|Tue Mar 28 10:00:00 2017
2017-03-28T10:00:00-04:00|2017-03-28T14:00:00Z|2017-03-28T14:00:00.123Z|2017-03-28T14:00:00.123456+00:00|2017-03-28T10:00-04:00
2017-03-28T14:00Z|2017-03-28 14:00:00|2017-03-28T14:00:00|2017-03-28|2017-03|20170328|20170328T140000Z|2017-03-28T10:00:00-0400
2017-03-28T24:00:00Z|2017-087|2017-W13-2|03/28/2017|03/28/2017 10:00:00|28.03.2017|28.03.2017 10:00|March 28, 2017|28 March 2017
2017年3月28日|2017/03/28|2017/03/28 10:00|1490709600|yesterday|0000-00-00T00:00:00Z|Thu, 01 Jan 1970 00:00:00 GMT|1985-01-01T00:00:00Z
2038-01-01T00:00:00Z|Tue, 28 Foo 2017 10:00:00 GMT|Tue, 31 Feb 2017 10:00:00 GMT|not a date|Tue, 28 Mar 2017 25:00:00 GMT
Di, 28 Mrz 2017 10:00:00 +0200|mar., 28 mars 2017 10:00:00 +0200|Tue, 28 Mar 2017 10:00:00 CET|Tue, 28 Mar 2017 10:00:00 -0000
""".replace("\n", "|").strip("|").split("|")  # fmt: skip
# What those dates mean of which feedparser makes nothing or something else; "" is none at all.
TRUE_DATES = {
    "Tue,28 Mar 2017 10:00:00 GMT": "2017-03-28T10:00:00Z",
    "Tue, 28-Mar-2017 10:00:00 GMT": "2017-03-28T10:00:00Z",
    "Tue, 28 Mar 2017 23:59:60 GMT": "2017-03-28T23:59:59Z",
    "Tue, 28 Mar 2017 25:00:00 GMT": "2017-03-28T00:00:00Z",
    "mar., 28 mars 2017 10:00:00 +0200": "2017-03-28T08:00:00Z",
    "Di, 28 Mrz 2017 10:00:00 +0200": "2017-03-28T08:00:00Z",
    "Tue, 28 Mar 2017 10:00:00 CET": "2017-03-28T09:00:00Z",
    "20170328T140000Z": "2017-03-28T14:00:00Z",
    "2017-087": "",
    "2017-W13-2": "",
    "03/28/2017": "2017-03-28T00:00:00Z",
    "03/28/2017 10:00:00": "2017-03-28T10:00:00Z",
    "28.03.2017": "2017-03-28T00:00:00Z",
    "28.03.2017 10:00": "2017-03-28T10:00:00Z",
    "March 28, 2017": "2017-03-28T00:00:00Z",
    "2017年3月28日": "2017-03-28T00:00:00Z",
    "2017/03/28": "2017-03-28T00:00:00Z",
    "2017/03/28 10:00": "2017-03-28T10:00:00Z",
    "1490709600": "2017-03-28T14:00:00Z",
}
DATE_NAMES = {
    "rss": ("pubDate", "dc:date", "dcterms:issued", "atom:published", "atom:updated", "dcterms:modified"),
    "atom10": ("published", "updated", "dc:date"),
    "atom03": ("issued", "modified", "created"),
}

ENCODINGS: dict[str, tuple[str, Bytes, str]] = {  # what the head says, how it is written, what the server says
    **{
        f"{name}{' told by the server' if told else ''}": (name, lambda text, name=name: text.encode(name, "xmlcharrefreplace"), name if told else "")  # type: ignore[misc]
        for name in (
            "utf-8", "iso-8859-1", "windows-1252", "iso-8859-2", "iso-8859-15", "koi8-r", "windows-1251", "shift_jis",
            "euc-jp", "gb2312", "gb18030", "big5", "euc-kr", "us-ascii", "utf-16", "windows-1256",
        )
        for told in (False, True)
    },
    "no head": ("", lambda text: text.encode(), ""),
    "mark": ("utf-8", lambda text: text.encode("utf-8-sig"), ""),
    "mark, no head": ("", lambda text: text.encode("utf-8-sig"), ""),
    "utf-16 le": ("utf-16", lambda text: b"\xff\xfe" + text.encode("utf-16-le"), ""),
    "utf-16 be": ("utf-16", lambda text: b"\xfe\xff" + text.encode("utf-16-be"), ""),
    "utf-8 said to be latin": ("iso-8859-1", lambda text: text.encode(), ""),
    "latin said to be utf-8": ("utf-8", lambda text: text.encode("latin-1", "xmlcharrefreplace"), ""),
    "windows said to be latin": ("iso-8859-1", lambda text: text.encode("windows-1252", "xmlcharrefreplace"), ""),
    "server says latin": ("utf-8", lambda text: text.encode(), "iso-8859-1"),
    "server says utf-8": ("iso-8859-1", lambda text: text.encode(), "utf-8"),
    "unknown": ("x-unknown", lambda text: text.encode(), ""),
    "ebcdic": ("cp500", lambda text: text.encode("cp500", "xmlcharrefreplace"), ""),
}  # fmt: skip

BREAKAGES: dict[str, Callable[[bytes], bytes]] = {
    "ampersand": lambda body: body.replace(b"Mayors", b"Mayors & councils"),
    "undefined entity": lambda body: body.replace(b"Mayors", b"Mayors&nbsp;&eacute;&rsquo;"),
    "less": lambda body: body.replace(b"Mayors", b"Mayors < councils"),
    "open tag": lambda body: body.replace(b"Mayors", b"<b>Mayors"),
    "close tag": lambda body: body.replace(b"Mayors", b"Mayors</b>"),
    "crossed tags": lambda body: body.replace(b"Mayors", b"<b><i>Mayors</b></i>"),
    "control characters": lambda body: body.replace(b"Mayors", b"May\x0bors\x01"),
    "nul": lambda body: body.replace(b"Mayors", b"May\x00ors"),
    "bad utf-8": lambda body: body.replace(b"Mayors", b"Mayors \xff\xfe \xc3"),
    "lone surrogate": lambda body: body.replace(b"Mayors", b"Mayors &#xD800;"),
    "bad number": lambda body: body.replace(b"Mayors", b"Mayors &#1114112; &#0;"),
    "junk before": lambda body: b"\n\n <!-- made by hand -->\n" + body,
    "warning before": lambda body: b"<br />\n<b>Warning</b>: mysql_connect()\n" + body,
    "blanks before": lambda body: b"  \r\n\t" + body,
    "junk after": lambda body: body + b"\n<!-- 0.3 s --><script>x()</script>",
    "text after": lambda body: body + b"\nExecution time: 0.3",
    "twice": lambda body: body + body,
    "no end": lambda body: body.rpartition(b"</")[0],
    "two attributes": lambda body: body.replace(b"version=", b'version="1" version=', 1),
    "no namespaces": lambda body: body.replace(b"xmlns:dc=", b"xmlns:x=", 1),
    "doctype": lambda body: body.replace(b"?>", b'?><!DOCTYPE rss [<!ENTITY who "Mayors"><!ENTITY nbsp "&#160;">]>', 1).replace(b"Mayors answer", b"&who;&nbsp;answer"),
    "netscape doctype": lambda body: body.replace(b"?>", b'?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">', 1),
    "style sheet": lambda body: body.replace(b"?>", b'?><?xml-stylesheet type="text/xsl" href="/feed.xsl"?>', 1),
    "unquoted": lambda body: body.replace(b'"https://daily.example/"', b"https://daily.example/", 1),
    "upper case": lambda body: body.replace(b"<item>", b"<ITEM>").replace(b"</item>", b"</ITEM>"),
    "open cdata": lambda body: body.replace(b"They answered", b"<![CDATA[They answered", 1),
    "open comment": lambda body: body.replace(b"They answered", b"<!-- They answered", 1),
    "cdata end": lambda body: body.replace(b"Mayors", b"Mayors ]]> x"),
    "dashes": lambda body: body.replace(b"<channel", b"<!-- a -- b --><channel", 1),
    "carriage returns": lambda body: body.replace(b"><", b">\r\n<"),
    "old lines": lambda body: body.replace(b"><", b">\r<"),
    "version 1.1": lambda body: body.replace(b'version="1.0"', b'version="1.1"', 1),
    "late head": lambda body: b"\n" + body,
    "escaped wholly": lambda body: body.replace(b"<item>", b"&lt;item&gt;", 1),
    **{f"cut at {share} %": (lambda body, share=share: body[: len(body) * share // 100]) for share in range(5, 100, 5)},  # type: ignore[misc]
}  # fmt: skip
