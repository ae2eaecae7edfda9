"""How often one network may have mail sent, or send in what somebody has to read."""

from flask import request

from advocacy.rules.joining import ASKS, ASKS_WINDOW
from advocacy.rules.networks import network_of
from advocacy.web.site import site


def may_ask(what: str, whom: str = "") -> bool:
    """Count this request for its network, together with `whom` it is about; return whether it may go on."""
    network = network_of(request.remote_addr) or request.remote_addr or ""
    return site().limits.allows_try(what, f"{network}\0{whom}", most=ASKS, seconds=ASKS_WINDOW)
