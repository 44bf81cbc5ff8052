"""How names become addresses before anybody has checked them: the system, or another in its place."""

import socket
from collections.abc import Callable
from typing import Any

LookUp = Callable[..., Any]  # the shape of socket.getaddrinfo
system_look_up: LookUp = socket.getaddrinfo
