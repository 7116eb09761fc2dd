"""The authority of this machine: what it vouches for, when it is made anew, and who may read its key."""

import ssl
import stat
import sys
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from triplane.errors import UserError
from triplane.web.phone.authority import Certificates, certificates
from triplane.web.phone.network import chosen_address, is_local

NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)
HOME = ("192.168.1.20", "10.0.0.4")
NAMES = ("desk", "desk.local")


def leaf(made: Certificates) -> x509.Certificate:
    return x509.load_pem_x509_certificate(made.chain.read_bytes())


def vouches(made: Certificates, shown: x509.Certificate, place: str, now: datetime = NOW) -> bool:
    """Whether a careful client that trusts the authority takes a certificate for a place."""
    subject = x509.IPAddress(IPv4Address(place)) if place[0].isdigit() else x509.DNSName(place)
    built = PolicyBuilder().store(Store([made.authority])).time(now).build_server_verifier(subject)
    try:
        built.verify(shown, [])
    except VerificationError:
        return False
    return True


def test_a_phone_that_trusts_the_authority_trusts_every_address_and_name_of_the_machine(tmp_path) -> None:
    made = certificates(tmp_path / "phone", HOME, NAMES, NOW)

    assert {place: vouches(made, leaf(made), place) for place in (*HOME, *NAMES)} == dict.fromkeys(
        (*HOME, *NAMES), True
    )
    assert not vouches(made, leaf(made), "192.168.1.21")
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(made.chain, made.key)


def test_the_authority_vouches_for_no_site_of_the_open_network(tmp_path) -> None:
    bounds = certificates(tmp_path / "phone", HOME, NAMES, NOW).authority.extensions
    found = bounds.get_extension_for_class(x509.NameConstraints)

    assert found.critical
    named = [place.value for place in found.value.permitted_subtrees or ()]
    assert [name for name in named if isinstance(name, str)] == list(NAMES)
    assert all(
        network.is_private or str(network) == "100.64.0.0/10"
        for network in named
        if not isinstance(network, str)
    )


def test_an_authority_of_a_machine_without_a_name_vouches_for_no_name_at_all(tmp_path) -> None:
    bounds = certificates(tmp_path / "phone", HOME, (), NOW).authority.extensions
    found = bounds.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or ()

    assert [place.value for place in found if isinstance(place, x509.DNSName)] == ["triplane.invalid"]


@pytest.mark.skipif(sys.platform == "win32", reason="files have other owners' marks there")
def test_only_their_owner_reads_the_keys_and_a_loosened_one_is_tightened(tmp_path) -> None:
    folder = tmp_path / "phone"
    certificates(folder, HOME, NAMES, NOW)
    (folder / "authority.key").chmod(0o644)
    certificates(folder, HOME, NAMES, NOW)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_the_same_network_on_the_next_day_keeps_both_certificates(tmp_path) -> None:
    first = certificates(tmp_path / "phone", HOME, NAMES, NOW)
    known = leaf(first)
    again = certificates(tmp_path / "phone", HOME, NAMES, NOW + timedelta(days=1))

    assert (again.authority, leaf(again)) == (first.authority, known)


@pytest.mark.parametrize(
    ("addresses", "later"),
    [(("192.168.1.99",), timedelta()), (HOME, timedelta(days=61))],
    ids=["moved", "old"],
)
def test_another_address_or_a_near_end_renews_the_certificate_and_keeps_the_authority(
    tmp_path, addresses, later
) -> None:
    first = certificates(tmp_path / "phone", HOME, NAMES, NOW)
    known = leaf(first)
    again = certificates(tmp_path / "phone", addresses, NAMES, NOW + later)

    assert again.authority == first.authority
    assert leaf(again) != known
    assert vouches(again, leaf(again), addresses[0], NOW + later)


def test_a_machine_named_anew_is_still_vouched_for_at_its_address(tmp_path) -> None:
    certificates(tmp_path / "phone", HOME, NAMES, NOW)
    again = certificates(tmp_path / "phone", HOME, ("laptop",), NOW)

    assert vouches(again, leaf(again), HOME[0])
    assert not vouches(again, leaf(again), "laptop")


def test_an_authority_near_its_end_is_made_anew(tmp_path) -> None:
    first = certificates(tmp_path / "phone", HOME, NAMES, NOW)
    late = NOW + timedelta(days=365 * 10 - 30)
    again = certificates(tmp_path / "phone", HOME, NAMES, late)

    assert again.authority != first.authority
    assert vouches(again, leaf(again), HOME[0], late)


@pytest.mark.parametrize("file", ["authority.crt", "authority.key"])
def test_a_damaged_authority_is_a_sentence_and_stays_as_it_is(tmp_path, file) -> None:
    certificates(tmp_path / "phone", HOME, NAMES, NOW)
    (tmp_path / "phone" / file).write_bytes(b"nonsense")

    with pytest.raises(UserError, match="is damaged"):
        certificates(tmp_path / "phone", HOME, NAMES, NOW)
    assert (tmp_path / "phone" / file).read_bytes() == b"nonsense"


def test_a_damaged_certificate_of_the_listener_is_simply_made_anew(tmp_path) -> None:
    certificates(tmp_path / "phone", HOME, NAMES, NOW)
    (tmp_path / "phone" / "leaf.key").write_bytes(b"nonsense")
    again = certificates(tmp_path / "phone", HOME, NAMES, NOW)

    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(again.chain, again.key)


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "phone").write_text("a file stands where the folder would be")

    with pytest.raises(UserError, match="cannot be"):
        certificates(tmp_path / "phone", HOME, NAMES, NOW)


@pytest.mark.parametrize("place", ["8.8.8.8", "0.0.0.0", "224.0.0.1", "desk.local", "", "::1", "198.18.0.1"])
def test_an_address_that_others_reach_is_never_listened_on(place) -> None:
    assert not is_local(place)
    with pytest.raises(UserError, match="no address of a local network"):
        chosen_address(place)
