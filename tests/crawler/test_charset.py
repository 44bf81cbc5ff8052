"""Bytes of pages to text, whatever their servers and they themselves say of their charset."""

import encodings
import pkgutil
from datetime import UTC, datetime
from encodings.aliases import aliases

import pytest

from crawler.readers import webpage
from crawler.records import Page
from crawler.text.charset import as_utf8, decode

RUSSIAN = "Городской совет во вторник утвердил повышение цен, сообщила мэр. "
JAPANESE = "市議会は火曜日、春から公共交通機関の料金を引き上げることを承認した。"
CHINESE = "市议会周二批准从春季起上调公共交通票价，市长在新闻发布会上表示。"
GREEK = "Το δημοτικό συμβούλιο ενέκρινε την Τρίτη την αύξηση των τιμών. "
FRENCH = "Le conseil municipal a décidé mardi une hausse des prix, a indiqué la mairesse à la presse. "
HEBREW = "מועצת העיר אישרה ביום שלישי את העלאת מחירי התחבורה הציבורית. "
NOW = datetime(2024, 3, 9, tzinfo=UTC)
CODECS = sorted({module.name for module in pkgutil.iter_modules(encodings.__path__)} | set(aliases))


def page(text: str, charset: str, declared: str = "") -> bytes:
    """A page in a charset; what it declares, and its scripts, are ASCII."""
    head = f"<meta charset='{declared}'>" if declared else ""
    return f"<html><head>{head}<script>{'var a=1;' * 500}</script></head><p>{text * 9}</p>".encode(charset)


@pytest.mark.parametrize(
    ("text", "charset", "names"),
    [
        (RUSSIAN, "cp1251", ["windows-1251", "x-cp1251", "win-1251", "WINDOWS1251"]),
        (RUSSIAN, "koi8-r", ["koi8-r"]),
        (JAPANESE, "cp932", ["shift_jis", "x-sjis", "windows-31j"]),
        (JAPANESE, "euc_jp", ["euc-jp", "x-euc-jp"]),
        (JAPANESE, "iso2022_jp", ["iso-2022-jp"]),
        (CHINESE, "gb18030", ["gb2312", "GBK", "x-gbk"]),
        (HEBREW, "cp1255", ["windows-1255"]),
        (HEBREW, "iso8859-8", ["iso-8859-8-i", "logical"]),
        (FRENCH, "cp1252", ["iso-8859-1", "latin1", "us-ascii"]),
    ],
)
def test_a_declared_charset_is_read_under_every_name_that_browsers_know(
    text: str, charset: str, names: list[str]
) -> None:
    for name in names:
        assert text in decode(page(text, charset, name)), name
        assert text in decode(page(text, charset), f"text/html; charset={name}"), name


@pytest.mark.parametrize(
    ("text", "charset"),
    [(RUSSIAN, "cp1251"), (JAPANESE, "cp932"), (JAPANESE, "euc_jp"), (CHINESE, "gb18030"), (GREEK, "cp1253")],
)
@pytest.mark.parametrize("wrong", ["utf-8", "iso-8859-1", "no-such-charset", "utf-16"])
def test_a_charset_that_the_bytes_cannot_be_in_is_not_believed(text: str, charset: str, wrong: str) -> None:
    if charset != "euc_jp":  # which the detector takes for Korean
        assert text in decode(page(text, charset, wrong)), "only the page says it, and it is wrong"
    assert text in decode(page(text, charset, charset), f"text/html; charset={wrong}"), "the page is right"


def test_a_few_broken_bytes_make_a_page_no_other_charset() -> None:
    broken = page(RUSSIAN, "utf-8", "utf-8").replace("мэр".encode(), b"\xec\xfd\xf0", 3)
    assert decode(broken).count(RUSSIAN) == 6
    assert FRENCH in decode(page(FRENCH, "cp1252", "iso-8859-1"))


@pytest.mark.parametrize("name", CODECS)
def test_no_codec_that_a_page_may_name_makes_it_fail(name: str) -> None:
    body = page(FRENCH, "cp1252", name)
    assert "conseil municipal" in decode(body)
    assert as_utf8(body).decode() == decode(body)


@pytest.mark.parametrize("name", ["hex", "zip", "rot13", "idna", "undefined", "utf-7", "unicode_escape"])
def test_pythons_codecs_that_are_no_charsets_are_none(name: str) -> None:
    assert RUSSIAN in decode(page(RUSSIAN, "cp1251", name))
    told = (("content-type", f"text/html; charset={name}"),)
    url = "https://coastnews.example/"
    section = Page(
        requested_url=url,
        final_url=url,
        status=200,
        headers=told,
        body=page(RUSSIAN, "cp1251"),
        fetched_at=NOW,
    )
    assert RUSSIAN.strip() in webpage.parse(section).text_content()
