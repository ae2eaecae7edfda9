from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.rules.networks import network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("8.8.8.8", "8.8.8.0/24"),
        ("8.8.8.255", "8.8.8.0/24"),
        ("2001:4860:4860::8888", "2001:4860:4860::/48"),
        ("::ffff:8.8.8.8", "8.8.8.0/24"),
        ("127.0.0.1", None),
        ("::1", None),
        ("10.1.2.3", None),
        ("192.168.0.1", None),
        ("169.254.0.1", None),
        ("", None),
        (None, None),
        ("not an address", None),
        ("1.2.3.4:80", None),
    ],
)
def test_a_machine_is_in_a_network_of_about_one_household(address, network):
    assert network_of(address) == network


@given(st.ip_addresses())
def test_a_network_holds_its_machines_and_many_others(address):
    network = network_of(str(address))
    if network is None:
        return
    found = ip_network(network)
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    assert (mapped or address) in found
    assert found.num_addresses >= 256


@given(st.text(max_size=40))
def test_no_text_breaks_it(text):
    network_of(text)


@given(st.integers(0, 255), st.integers(0, 255))
def test_neighbours_share_one(one, other):
    base = int(IPv4Address("8.8.4.0"))
    assert network_of(str(IPv4Address(base + one))) == network_of(str(IPv4Address(base + other)))
