"""A certificate authority of this machine's own, and the certificate its phones are shown.

The authority vouches for nothing but addresses of local networks and this machine's names: whoever
trusts it trusts it for no other site. Its key never leaves the data folder.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from triplane.errors import UserError
from triplane.web.keeping import kept
from triplane.web.phone.keeping import keep
from triplane.web.phone.network import NETWORKS

NO_NAME = "triplane.invalid"
"""Stands for this machine's name where it has none: an authority bound to no name would vouch for all."""

AUTHORITY_YEARS = 10
LEAF = timedelta(days=90)
RENEWED_BEFORE = timedelta(days=30)
YESTERDAY = timedelta(days=1)
"""How long each holds. A phone's clock may lag, so both hold since the day before. Ours."""


@dataclass(frozen=True)
class Certificates:
    """What the listener shows, as files, and the authority that phones may trust."""

    authority: x509.Certificate
    chain: Path
    key: Path

    @property
    def der(self) -> bytes:
        """The authority as phones take it."""
        return self.authority.public_bytes(serialization.Encoding.DER)

    @property
    def fingerprint(self) -> str:
        """What tells this authority from any other, in groups that can be read out."""
        digits = self.authority.fingerprint(hashes.SHA256()).hex().upper()
        return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def certificates(folder: Path, addresses: Sequence[str], names: Sequence[str], now: datetime) -> Certificates:
    """Return the certificates of a folder; made where there are none, renewed where they no longer fit.

    Raises
    ------
    UserError
        Where the folder cannot be read or written, or what lies there is damaged.
    """
    authority, key = _authority(folder, names, now)
    leaf, leaf_key = folder / "leaf.crt", folder / "leaf.key"
    known = _vouched(authority, names)
    if not _fits(kept(leaf), kept(leaf_key), authority, addresses, known, now):
        made, made_key = _leaf(authority, key, addresses, known, now)
        keep(leaf_key, _private(made_key))
        keep(leaf, made.public_bytes(serialization.Encoding.PEM))
    return Certificates(authority, leaf, leaf_key)


def _authority(
    folder: Path, names: Sequence[str], now: datetime
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    told, secret = kept(folder / "authority.crt"), kept(folder / "authority.key")
    if told is None or secret is None:
        return _new_authority(folder, names, now)
    try:
        found = x509.load_pem_x509_certificate(told)
        key = serialization.load_pem_private_key(secret, None)
    except ValueError as error:
        raise _damaged(folder) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or found.public_key() != key.public_key():
        raise _damaged(folder)
    if found.not_valid_after_utc - now < LEAF:
        return _new_authority(folder, names, now)
    return found, key


def _damaged(folder: Path) -> UserError:
    return UserError(
        f"the certificate in {folder} is damaged; move that folder away and pair your phones anew"
    )


def _new_authority(
    folder: Path, names: Sequence[str], now: datetime
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, f"Triplane on {(*names, 'this machine')[0]}"[:64])]
    )
    networks = [x509.IPAddress(IPv4Network(network)) for network in NETWORKS]
    bounds = x509.NameConstraints([*networks, *(x509.DNSName(name) for name in names or (NO_NAME,))], None)
    made = (
        _dated(called, called, key.public_key(), now, timedelta(days=365 * AUTHORITY_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(bounds, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    keep(folder / "authority.key", _private(key))
    keep(folder / "authority.crt", made.public_bytes(serialization.Encoding.PEM))
    return made, key


def _vouched(authority: x509.Certificate, names: Sequence[str]) -> list[str]:
    """Return the names that the authority may vouch for; a machine named anew is reached by its address."""
    bounds = authority.extensions.get_extension_for_class(x509.NameConstraints).value
    known = {place.value for place in bounds.permitted_subtrees or () if isinstance(place, x509.DNSName)}
    return [name for name in names if name in known]


def _leaf(
    authority: x509.Certificate,
    authority_key: ec.EllipticCurvePrivateKey,
    addresses: Sequence[str],
    names: Sequence[str],
    now: datetime,
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Triplane")])
    places = [*(x509.IPAddress(IPv4Address(one)) for one in addresses), *(x509.DNSName(one) for one in names)]
    made = (
        _dated(called, authority.subject, key.public_key(), now, LEAF)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(places), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False
        )
        .sign(authority_key, hashes.SHA256())
    )
    return made, key


def _dated(
    called: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, holds: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - YESTERDAY)
        .not_valid_after(now + holds)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _fits(
    told: bytes | None,
    secret: bytes | None,
    authority: x509.Certificate,
    addresses: Sequence[str],
    names: Sequence[str],
    now: datetime,
) -> bool:
    """Whether a certificate is the authority's, for these places, and holds for a while."""
    if told is None or secret is None:
        return False
    try:
        leaf = x509.load_pem_x509_certificate(told)
        key = serialization.load_pem_private_key(secret, None)
        leaf.verify_directly_issued_by(authority)
        places = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    stated = {str(place.value) for place in places}
    lasts = leaf.not_valid_before_utc <= now < leaf.not_valid_after_utc - RENEWED_BEFORE
    return stated == {*addresses, *names} and lasts and leaf.public_key() == key.public_key()
