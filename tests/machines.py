"""Machines for tests: network namespaces of Linux, which have nothing in common but a cable."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

_LIBC = ctypes.CDLL(None, use_errno=True)
_NETWORK = 0x40000000
"""CLONE_NEWNET of <sched.h>."""
_numbers = count(1)


class Machine:
    """A network of its own. `address` is where the other machine at the cable reaches it."""

    def __init__(self, name: str, address: str) -> None:
        self.name, self.address = name, address

    @contextmanager
    def inside(self) -> Iterator[None]:
        """What this thread opens or starts meanwhile is on this machine; its loopback is another one."""
        with Path("/proc/thread-self/ns/net").open() as home, Path("/run/netns", self.name).open() as there:
            _go(there.fileno())
            try:
                yield
            finally:
                _go(home.fileno())


def why_not() -> str:
    """What keeps this machine from having others within; nothing if it can."""
    if shutil.which("ip") is None:
        return "Please install iproute2: it joins the two machines of this test."
    done = subprocess.run(
        ["ip", "netns", "add", f"advocacy-try-{os.getpid()}"], capture_output=True, check=False
    )
    if done.returncode:
        return "Please run this test as root: it makes network namespaces."
    subprocess.run(["ip", "netns", "del", f"advocacy-try-{os.getpid()}"], check=True)
    return ""


@contextmanager
def two_machines() -> Iterator[tuple[Machine, Machine]]:
    """Two machines with a cable between them, gone afterwards."""
    mark = f"{os.getpid()}-{next(_numbers)}"
    machines = Machine(f"advocacy-a-{mark}", "10.77.0.1"), Machine(f"advocacy-b-{mark}", "10.77.0.2")
    try:
        for machine in machines:
            _ip("netns", "add", machine.name)
        one, other = (machine.name for machine in machines)
        _ip("link", "add", "cable", "netns", one, "type", "veth", "peer", "name", "cable", "netns", other)
        for machine in machines:
            _ip("-n", machine.name, "address", "add", f"{machine.address}/30", "dev", "cable")
            for device in ("lo", "cable"):
                _ip("-n", machine.name, "link", "set", device, "up")
        yield machines
    finally:
        for machine in machines:
            subprocess.run(["ip", "netns", "del", machine.name], capture_output=True, check=False)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)


def _go(namespace: int) -> None:
    if _LIBC.setns(namespace, _NETWORK):
        raise OSError(ctypes.get_errno(), "this thread cannot change its network")
