"""How carefully a form is taken, given how many came like it. Nobody is turned away: people share networks.

Up to a calm number a form is taken as it comes. Above it the sender's device is asked for a small
calculation, which a person hardly notices and a robot pays for each time; above ten times as many the
signature is held, not counted until somebody has looked at the batch.
"""

from dataclasses import dataclass
from enum import IntEnum

WINDOW = 600
"""Seconds over which forms are counted for the calculation."""

LONG_WINDOW = 3600
"""Seconds over which forms are counted for holding."""

HOLD_FACTOR = 10
"""How many times the calm number in LONG_WINDOW makes a signature be held."""

_LARGE = """
    gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com yahoo.co.jp yahoo.com.tw
    icloud.com me.com aol.com proton.me protonmail.com pm.me gmx.com gmx.de web.de mail.com fastmail.com
    zoho.com naver.com daum.net hanmail.net kakao.com nate.com qq.com foxmail.com 163.com 126.com yeah.net
    sina.com sina.cn sohu.com aliyun.com 139.com 189.cn hinet.net seznam.cz orange.fr free.fr t-online.de
    yandex.ru
"""

LARGE_HOSTS = frozenset(_LARGE.split())
"""Mail hosts where strangers to each other have their addresses: that many come from one says nothing."""


class Caution(IntEnum):
    """How a form is taken; what is above includes what is below."""

    NONE = 0
    WORK = 1
    HOLD = 2


@dataclass(frozen=True, slots=True)
class Trait:
    """Something that forms can have in common, and how many of them in WINDOW are calm.

    `key` is what they share, `holds` whether many of them are a reason to hold, or only to ask for work.
    """

    kind: str
    key: str
    calm: int
    holds: bool


def traits(
    *, machine: str | None, network: str | None, mail_host: str, appeal: str, calm: int
) -> list[Trait]:
    """Return what a form may share with others. `calm` is how many forms of one machine are calm.

    A network may send four times as many as one machine, a mail host twice, all the world together a hundred
    times: that many at once are either a good day or an attack, and work does no harm on a good day.
    """
    found = [Trait("appeal", appeal, 100 * calm, holds=False)]
    if machine and network:
        found.append(Trait("machine", machine, calm, holds=True))
        found.append(Trait("network", network, 4 * calm, holds=True))
    if mail_host and mail_host not in LARGE_HOSTS:
        found.append(Trait("mail host", mail_host, 2 * calm, holds=True))
    return found
