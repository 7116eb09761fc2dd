"""Where this machine is found on the local network."""

import socket
from contextlib import suppress
from ipaddress import IPv4Address, IPv4Network

from triplane.errors import UserError

PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10")
NETWORKS = (*PRIVATE, "127.0.0.0/8", "192.0.2.0/24")
"""Addresses that are never anybody's on the open network; the last is kept for trials."""

SOMEWHERE = ("192.0.2.1", "10.255.255.254", "172.31.255.254", "192.168.255.254")
"""Addresses that are asked for the way to them; nothing is sent to any."""


def lan_addresses() -> list[str]:
    """Return this machine's addresses on local networks, that of the usual way out first."""
    found = dict.fromkeys([*(_way_to(place) for place in SOMEWHERE), *_by_name()])
    return [place for place in found if place and is_local(place) and not IPv4Address(place).is_loopback]


def chosen_address(named: str | None) -> str:
    """Return the address to listen on: as it was named, else the first on a local network.

    Raises
    ------
    UserError
        Where there is none, or the named one is none that only a local network reaches.
    """
    if named is None:
        found = lan_addresses()
        if not found:
            raise UserError(
                "this machine is on no local network now; connect it, or name its address with --phone-host"
            )
        return found[0]
    if not is_local(named):
        raise UserError(f"{named!r:.60} is no address of a local network; write it as 192.168.1.20")
    return named


def host_names() -> list[str]:
    """Return what this machine is called on a local network, where that can be asked for as a name."""
    name = socket.gethostname().partition(".")[0].lower()
    plain = name.isascii() and name.replace("-", "").isalnum() and len(name) <= 63
    return [name, f"{name}.local"] if plain and name != "localhost" else []


def is_local(place: str) -> bool:
    """Whether an address is one that nobody outside a local network reaches."""
    try:
        address = IPv4Address(place)
    except ValueError:
        return False
    return any(address in IPv4Network(network) for network in NETWORKS)


def _way_to(place: str) -> str:
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        asked.connect((place, 9))
        return str(asked.getsockname()[0])
    return ""


def _by_name() -> list[str]:
    with suppress(OSError, UnicodeError):
        return [str(one[4][0]) for one in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return []
