"""How Chromium is started: without a network of its own, without state, and small. Settings only.

What a page needs reaches it through `parts`, which asks at the door; whatever goes around that finds
no names, no addresses and a proxy that is not there.
"""

import os
import shutil
from importlib.util import find_spec
from typing import Any

from crawler.politeness.manners import Manners

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_NOWHERE = {"server": "http://127.0.0.1:1", "bypass": "<-loopback>"}
_HEAP = 256  # MiB for the scripts of one page
_FLAGS = (
    "--host-resolver-rules=MAP * ~NOTFOUND",  # figures and the proxy's own address included
    "--dns-prefetch-disable",
    "--disable-quic",
    "--no-pings",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-background-networking",
    "--disable-domain-reliability",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--mute-audio",
    "--renderer-process-limit=4",
    "--blink-settings=imagesEnabled=false",
    f"--js-flags=--max-old-space-size={_HEAP}",
)


def find_chromium(manners: Manners) -> str | None:
    """The path of the Chromium of the settings, else of the system's; None where there is none."""
    if manners.chromium:
        return shutil.which(manners.chromium)
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def why_no_browser(manners: Manners) -> str | None:
    """What to install before pages can be rendered; None where everything is there."""
    if find_spec("scrapy_playwright") is None:
        return "its pages need a browser: install it with `pip install in-the-news[browser]`"
    if find_chromium(manners) is None:
        named = f" (there is none at {manners.chromium})" if manners.chromium else ""
        return (
            f"its pages need a browser: install Chromium (`apt-get install chromium`) or name one in the"
            f" settings, [politeness] chromium{named}"
        )
    return None


def chromium_settings(manners: Manners) -> dict[str, Any]:
    """Settings of scrapy-playwright; its handler is built when the first page needs it."""
    return {
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "executable_path": find_chromium(manners),
            "args": list(_FLAGS),
            "proxy": _NOWHERE,
            "chromium_sandbox": os.geteuid() != 0,  # as root Chromium has none
            "handle_sigint": False,  # the sweep says when to stop
            "handle_sigterm": False,
            "handle_sighup": False,
            "timeout": 1000 * manners.render_seconds,
        },
    }


def context_settings(manners: Manners) -> dict[str, Any]:
    """A browser's memory for one page: our own name, nothing kept, nothing taken home."""
    return {
        "user_agent": manners.user_agent,
        "accept_downloads": False,
        "service_workers": "block",
        "permissions": [],
    }
