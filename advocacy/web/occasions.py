"""What acts are given from outside in a request: the clock, chance and keys."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from advocacy.actions.occasion import Occasion
from advocacy.web.people import new_token
from advocacy.web.site import site


def occasion_now(*, held: bool = False, mail_delay: timedelta = timedelta(0)) -> Occasion:
    """Return the occasion of this moment on this site."""
    return Occasion(
        now=datetime.now(UTC),
        new_token=new_token,
        safe=site().safe,
        mail_host=urlsplit(site().settings.base_url).hostname or "localhost",
        held=held,
        mail_delay=mail_delay,
    )
