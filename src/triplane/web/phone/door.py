"""The door that phones come through: where it is, what it shows, and whom it lets in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from triplane.web.phone.network import chosen_address, host_names, lan_addresses
from triplane.web.phone.pairing import Codes, Phones

if TYPE_CHECKING:
    from triplane.web.phone.authority import Certificates


@dataclass(frozen=True)
class Door:
    """The listener on the local network, as the pages know it."""

    host: str
    port: int
    hosts: Sequence[str]
    certificates: "Certificates"
    phones: Phones
    codes: Codes = field(default_factory=Codes)

    @property
    def address(self) -> str:
        return f"https://{self.host}:{self.port}"


def open_door(folder: Path, named: str | None, port: int, now: datetime) -> Door:
    """Return the door at the address named, or at that of the local network, with certificates that fit.

    Raises
    ------
    UserError
        Where there is no such address, or the folder cannot be used.
    """
    from triplane.web.phone.authority import certificates

    host = chosen_address(named)
    addresses = list(dict.fromkeys([host, *lan_addresses()]))
    shown = certificates(folder, addresses, host_names(), now)
    return Door(host, port, [*addresses, *host_names()], shown, Phones(folder / "paired.json"))
