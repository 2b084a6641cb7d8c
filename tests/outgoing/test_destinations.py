from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.outgoing.destinations import is_public, may_reach

NOT_PUBLIC = [
    "0.0.0.0",  # noqa: S104
    "0.1.2.3",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "169.254.170.2",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:0:8.8.8.8",
    "64:ff9b::127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::169.254.169.254",
    "64:ff9b:1::8.8.8.8",
    "100::1",
    "2001::1",
    "2001:0:7f00:1::",
    "2001:2::1",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:808:808::",
    "2a00:1450:4007:80e:0:5efe:7f00:1",
    "2a00:1450:4007:80e:200:5efe:808:808",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "2a00:1450:4007:80e::1%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
]
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "100.63.255.255",
    "100.128.0.1",
    "172.15.255.255",
    "172.32.0.1",
    "192.0.1.1",
    "223.255.255.255",
    "2001:4860:4860::8888",
    "2606:4700:4700::1111",
    "2a00:1450:4007:80e::2003",
    "64:ff9b::8.8.8.8",
]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_these_are_no_hosts_of_the_public_internet(address):
    assert not is_public(ip_address(address))
    assert not may_reach(address, 443)


@pytest.mark.parametrize("address", PUBLIC)
def test_these_are(address):
    assert is_public(ip_address(address))
    assert may_reach(address, 80)
    assert may_reach(address, 443)


@given(st.ip_addresses())
def test_what_is_public_is_global_to_the_standard_library_too(address):
    assert address.is_global or not is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_in_nat64_is_public_if_the_one_inside_is(inner):
    assert is_public(ip_address(f"64:ff9b::{inner}")) == is_public(inner)


@pytest.mark.parametrize("address", ["", "example.org", "127.1", "0177.0.0.1", "1.1.1"])
def test_nothing_but_an_address_may_be_reached(address):
    assert not may_reach(address, 443)


def test_only_the_ports_of_the_web_may_be_reached():
    assert not may_reach("8.8.8.8", 25)
    assert not may_reach("8.8.8.8", 8080)


def test_what_the_settings_name_may_be_reached_at_that_port_alone(settings):
    settings.OUTGOING_ALLOWED_ADDRESSES = ["127.0.0.1:8000", "::1:8000"]

    assert may_reach("127.0.0.1", 8000)
    assert may_reach("::1", 8000)
    assert not may_reach("127.0.0.1", 80)
    assert not may_reach("127.0.0.2", 8000)
    assert not may_reach("8.8.8.8", 8000)


def test_nothing_is_allowed_beside_the_internet_unless_a_test_says_so():
    from factcheck import settings

    assert settings.OUTGOING_ALLOWED_ADDRESSES == []
