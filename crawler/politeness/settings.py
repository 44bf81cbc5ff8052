"""The gate as Scrapy settings for the whole process: what is on, what is off, and how much is too much.

Scrapy's defaults favour scraping, not safety: robots.txt ignored, certificates not verified, a telnet
console and a remote control listening, cookies kept, files readable by `file://`, answers of 1 GiB.
"""

import logging
from collections.abc import Mapping
from typing import Any
from urllib.request import getproxies

from crawler.politeness.chromium_settings import chromium_settings
from crawler.politeness.lookup import LookUp, system_look_up
from crawler.politeness.manners import Manners

_DOOR = "crawler.politeness.door.Door"
_MIDDLEWARES = {
    "crawler.politeness.robots.RobotsMiddleware": 100,
    "crawler.politeness.proxy.ProxyMiddleware": 740,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
}
_SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}


def gate_settings(manners: Manners, look_up: LookUp = system_look_up) -> dict[str, Any]:
    """Settings for the process (not for a spider: Scrapy ignores a spider's resolver)."""
    return {
        **_shut_doors(),
        **_limits(manners),
        **chromium_settings(manners),
        "MANNERS": manners,
        "LOOK_UP": look_up,
        "GATE_PROXIES": _proxies(manners),
        "TWISTED_DNS_RESOLVER": "crawler.politeness.resolver.GuardedResolver",
        "DOWNLOADER": "crawler.politeness.downloader.DomainDownloader",
        "SCHEDULER_PRIORITY_QUEUE": "crawler.politeness.downloader.DomainQueue",
        "DOWNLOADER_MIDDLEWARES": dict(_MIDDLEWARES),
        "SPIDER_MIDDLEWARES": dict(_SPIDER_MIDDLEWARES),
        "EXTENSIONS_BASE": {},  # consoles, meters, exports: we need none, and some are slow to load
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
        "ASYNCIO_EVENT_LOOP": "uvloop.Loop",
        "USER_AGENT": manners.user_agent,
        "DEFAULT_REQUEST_HEADERS": {"Accept": "*/*"},
        "LOG_LEVEL": "ERROR",  # an outlet's failure is an outcome, not a log line; ours is
        "LOG_INSTALL_ROOT_HANDLER": not logging.getLogger().handlers,
        "LOG_VERSIONS": [],
        "STATS_DUMP": False,
    }


def _shut_doors() -> Mapping[str, Any]:
    return {
        "DOWNLOAD_HANDLERS": {
            "http": _DOOR, "https": _DOOR, "file": None, "data": None, "ftp": None, "s3": None
        },
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "COOKIES_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "RETRY_ENABLED": False,  # the next sweep is the second try
        "HTTPERROR_ALLOW_ALL": True,  # every status is an outcome
        "MEMUSAGE_ENABLED": False,
        "LOGSTATS_INTERVAL": 0,
        "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",  # pages in the order of the source
    }  # fmt: skip


def _limits(manners: Manners) -> Mapping[str, Any]:
    return {
        "CONCURRENT_REQUESTS": manners.requests_at_once,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "CONCURRENT_ITEMS": 1,  # Scrapy starts so many tasks for every answer; we hand it requests only
        "DOWNLOAD_TIMEOUT": manners.request_seconds,
        "DOWNLOAD_MAXSIZE": manners.page_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "REDIRECT_MAX_TIMES": manners.redirects,
        "REACTOR_THREADPOOL_MAXSIZE": 20,
        # Answers waiting for a worker hold back further requests: memory stays bounded.
        "SCRAPER_SLOT_MAX_ACTIVE_SIZE": 2 * manners.page_bytes,
    }


def _proxies(manners: Manners) -> tuple[str, ...]:
    known = getproxies()
    return tuple(proxy for proxy in (manners.proxy, known.get("http"), known.get("https")) if proxy)
