"""Addresses of searches: words, and a service or a template -> the address to look at. Pure.

What comes back is read by `readers.search`.
"""

from urllib.parse import quote

# What stands in braces is filled in, escaped; people may write a template of their own.
SERVICES = {
    "google-news": "https://news.google.com/rss/search?q={query}&hl={language}&gl={country}&ceid={country}:{language}",
    "bing-news": "https://www.bing.com/news/search?q={query}&format=rss&setlang={language}&cc={country}",
    "gdelt": "https://api.gdeltproject.org/api/v2/doc/doc?query={query}&mode=artlist&format=json&sort=datedesc&maxrecords=250",
}


def make_search_url(template: str, query: str, language: str = "en", country: str = "US") -> str:
    """The address of a search: a service's name or a template with {query}, {language}, {country}."""
    url = SERVICES.get(template, template)
    words = {"query": query, "language": language, "country": country}
    for name, value in words.items():
        url = url.replace(f"{{{name}}}", quote(value, safe=""))
    return url
