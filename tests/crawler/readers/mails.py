"""Mails as they arrive: an alert of Google's, newsletters, a forwarded one, and the worst."""

import base64
import quopri
from email.message import EmailMessage

ARTICLE = "https://www.nbcnews.com/news/latino/we-cannot-hide-sanctuary-cities-join-forces-n739681"
SECOND = "https://nextcity.org/daily/entry/city-leaders-strategize-resistance"
FIRST_HEADLINE = "&#39;We Cannot Hide&#39;: <b>Sanctuary Cities</b> Join Forces in First Meeting"
DATE = "Tue, 28 Mar 2017 21:05:00 -0400"


def google(url: str) -> str:
    """An address as Google's alerts wrap it."""
    return (
        f"https://www.google.com/url?rct=j&amp;sa=t&amp;url={url}&amp;ct=ga&amp;cd=CAEYACoUMTI&amp;usg=AFQjCN"
    )


def result(url: str, headline: str, outlet: str) -> str:
    share = f"https://www.google.com/alerts/share?hl=en&amp;gl=US&amp;ru={url}&amp;ss"
    return f"""
<tr itemscope="" itemtype="http://schema.org/Article"><td style="padding:18px 0px 12px 0px">
 <a href="{google(url)}" itemprop="url"><span itemprop="name">{headline}</span></a>
 <div><div itemprop="publisher" itemscope itemtype="http://schema.org/Organization">
   <a style="color:#737373"><span itemprop="name">{outlet}</span></a></div>
  <div itemprop="description">Elected officials from <b>sanctuary cities</b> met on Monday&nbsp;...</div>
  </div>
 <table><tr><td><a href="{share}=fb"><img alt="Facebook" src="f.png"></a></td>
  <td><a href="{share}=tw"><img alt="Twitter" src="t.png"></a></td>
  <td><a href="https://www.google.com/alerts/feedback?ffu={url}&amp;msgid=x">Flag as irrelevant</a></td></tr>
 </table>
</td></tr>"""


GOOGLE_PAGE = f"""<html lang="en-US"><head><title>Google Alert</title></head><body>
<div><script data-scope="inboxmarkup" type="application/json">{{"api_version": "1.0"}}</script></div>
<table width="100%"><tr><td><a href="https://www.google.com/alerts?source=alertsmail&amp;hl=en"><img
 src="logo.png" alt="Google"></a></td></tr>
<tr><td><table>
{result(ARTICLE, FIRST_HEADLINE, "NBC News")}
{result(SECOND, "City Leaders Met Yesterday in NYC to Strategize the Resistance", "Next City")}
</table></td></tr>
<tr><td><a href="https://www.google.com/alerts?s=AB2Xq4j&amp;start=1490">See more results</a> |
 <a href="https://www.google.com/alerts/edit?source=alertsmail&amp;s=AB2Xq4j">Edit this alert</a></td></tr>
<tr><td>You have received this email because you have subscribed to <b>Google Alerts</b>.
 <a href="https://www.google.com/alerts/remove?source=alertsmail&amp;s=AB2Xq4j">Unsubscribe</a> |
 <a href="https://www.google.com/alerts?source=alertsmail&amp;s=x">View all your alerts</a></td></tr>
<tr><td><a href="https://www.google.com/alerts/feeds/08/15"><img src="rss.png" alt=""> Receive this alert as
 RSS feed</a> <a href="https://www.google.com/tools/feedback/survey">Send Feedback</a></td></tr>
</table></body></html>"""

GOOGLE_TEXT = f"""=== News - 2 new results for [sanctuary cities] ===

'We Cannot Hide': Sanctuary Cities Join Forces in First Meeting
NBC News
Elected officials from sanctuary cities met on Monday ...
<{google(ARTICLE).replace("&amp;", "&")}>
See all stories on this topic

City Leaders Met Yesterday in NYC to Strategize the Resistance
Next City
<{google(SECOND).replace("&amp;", "&")}>

- - - - - - - - - - - - - - - -
Unsubscribe from this alert:
<https://www.google.com/alerts/remove?s=AB2Xq4j>
"""

LIST = "https://daily.us14.list-manage.com"
NEWSLETTER = f"""<!doctype html><html><head><meta charset="utf-8"><title>Morning briefing</title></head><body>
<table><tr><td><p>What the city talks about today. <a href="{LIST}/view?u=1&id=2">View this email in your
 browser</a></p></td></tr>
<tr><td><a href="https://daily.example/?utm_source=nl"><img alt="The Daily Example, your morning briefing"
 src="x.png"></a></td></tr>
<tr><td><h2><a href="{LIST}/track/click?u=1&id=aa&e=9">Mayors answer the threat of cuts
 with one voice</a></h2>
 <p>Forty cities met.</p><a href="{LIST}/track/click?u=1&id=ab&e=9">Read more »</a></td></tr>
<tr><td><div><img src="y.png"><h3>Así reacciona la conferencia al ultimátum</h3><p>En Nueva York.</p>
 <a href="https://daily.example/2017/03/28/asi-reacciona/?utm_campaign=nl">Leer más</a></div></td></tr>
<tr><td><a href="https://daily.example/opinion/editorial-city-must-not-give-in-123456.html">Editorial</a></td>
</tr><tr><td><a href="https://shop.example/mugs">Mugs</a> <a href="mailto:desk@daily.example">Write to us with
 news of your street</a> <a href="#top">Back to the top of this mail</a></td></tr>
<tr><td class="social"><a href="https://twitter.com/daily"><img alt="Twitter"></a>
 <a href="https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fdaily.example%2F">Share this mail
 with all your friends</a></td></tr>
<tr><td><p>You get this because you signed up at our site.<br>
 <a href="https://daily.example/about/who-we-are-and-what-we-do">The people behind this paper</a><br>
 <a href="{LIST}/unsubscribe?u=1&id=2">unsubscribe from this list</a> ·
 <a href="{LIST}/profile?u=1&id=2">update subscription preferences</a> ·
 <a href="https://daily.example/privacy-policy">Privacy Policy</a></p></td></tr>
</table><img src="{LIST}/track/open.php?u=1" width="1" height="1"></body></html>"""


def mail(page: str = "", text: str = "", **headers: str) -> bytes:
    """A mail with these parts, quoted-printable as most senders write it."""
    message = EmailMessage()
    given = {"Subject": "Google Alert – sanctuary cities", "From": "a@b.example", "Date": DATE} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    for name, value in given.items():
        message[name] = value
    message["Message-ID"] = "<alert-1@google.example>"
    if text or not page:
        message.set_content(text, cte="quoted-printable")
    if page and text:
        message.add_alternative(page, subtype="html", cte="quoted-printable")
    elif page:
        message.set_content(page, subtype="html", cte="quoted-printable")
    return message.as_bytes()


def in_charset(page: bytes, told: str, coding: str = "quoted-printable") -> bytes:
    """A mail of one HTML part, in whatever charset its bytes are, with what is told of it."""
    body = quopri.encodestring(page) if coding == "quoted-printable" else base64.encodebytes(page)
    head = (
        f"Subject: =?utf-8?q?Alert_caf=C3=A9?=\r\nDate: {DATE}\r\nContent-Type: text/html; charset={told}\r\n"
        f"Content-Transfer-Encoding: {coding}\r\n\r\n"
    )
    return head.encode() + body


def forwarded(inner: bytes) -> bytes:
    """Another mail as an attachment of the kind message/rfc822."""
    return (
        b"Subject: Fwd: alert\r\nDate: Wed, 29 Mar 2017 08:00:00 +0200\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n'
        b"See below.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--b--\r\n"
    )


def nested(depth: int) -> bytes:
    """Parts in parts in parts."""
    opening = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (level, level)
        for level in range(depth)
    )
    return b"Subject: a bomb\r\n" + opening + b"Content-Type: text/plain\r\n\r\nhello"


TALKWALKER = """<html><body><table><tr><td><h1>Your Talkwalker Alert: sanctuary cities</h1></td></tr>
<tr><td><h3>NEWS</h3></td></tr>
<tr><td><a href="https://daily.example/news/council-votes-to-stay-a-sanctuary-city-3010841">Council votes to
 stay a sanctuary city</a><br><span>daily.example</span><p>The council voted on Monday…</p></td></tr>
<tr><td><a href="https://alerts.example/redirect?url=https%3A%2F%2Fmetro.example%2F2017%2F03%2F28%2Fmayor">
 Mayor</a><p>metro.example</p></td></tr>
<tr><td><a href="https://alerts.example/alerts/manage?id=1">Manage all my alerts here today</a></td></tr>
<tr><td>Share the love: <a href="https://twitter.com/home?status=I+use+alerts">Tweet</a></td></tr>
</table></body></html>"""

ESSAY = """<html><body><div><h1>
<a href="https://open.example/pub/city/p/the-week-in-city-hall?utm_source=email">The week in City Hall</a>
</h1><a href="https://open.example/pub/city/p/x?action=share">Share</a>
<p>Mayors met,
 <a href="https://www.times.example/2017/03/28/us/politics/sessions-sanctuary-cities.html">the Times</a>
 reports, and <a href="https://en.encyclopedia.example/wiki/Sanctuary_city">sanctuary</a> is a word again.
 <a href="https://redirect.example/2/eyJlIjoiaHR0cHM6">What forty mayors said to Washington in one day</a></p>
<p><a href="https://open.example/action/disable_email?token=x">Stop receiving these mails from us</a></p>
</div></body></html>"""
