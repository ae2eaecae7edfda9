"""The network that an address of a machine is in: as fine as limits need it, and no finer."""

from ipaddress import IPv6Address, ip_address, ip_network

_PREFIX = {4: 24, 6: 48}
"""Bits: about what one household, office or small provider has to itself."""


def network_of(address: str | None) -> str | None:
    """Return the network of a machine's address ("203.0.113.0/24"), or None where it tells nothing.

    Addresses of this machine and of private networks tell nothing: behind one of them is a proxy, an onion
    service, everybody. An IPv4 address written as IPv6 is taken for what it is.
    """
    try:
        found = ip_address(address or "")
    except ValueError:
        return None
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    if not found.is_global:
        return None
    return str(ip_network((found, _PREFIX[found.version]), strict=False))
