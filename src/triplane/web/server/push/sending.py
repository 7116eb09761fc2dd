"""One message to one device, through the service that its browser named, and what became of it."""

import json
import time
from enum import Enum, auto

from django.conf import settings

from triplane.bootstrap.posting import NoAnswer, NotReached, Posting, checked
from triplane.web.server.models import PushDevice
from triplane.web.server.push.sealing import Lock, sealed

POSTING = Posting()
"""How services are reached; tests, which have no open internet, put theirs in its place."""

GONE = (404, 410)
LATER = (408, 429)


class Fate(Enum):
    """What became of a message. Whatever may have arrived is not sent again."""

    TAKEN = auto()
    UNKNOWN = auto()
    GONE = auto()
    AWAY = auto()
    LATER = auto()
    REFUSED = auto()


def pushed(device: PushDevice, title: str, language: str, lasts_s: float) -> Fate:
    """Send a device a title to show, which its service keeps for so long where the device is off."""
    try:
        parts = checked(device.endpoint)
        lock = Lock.of(device.point, device.secret)
    except ValueError:
        return Fate.GONE
    words = json.dumps({"title": title, "lang": language}, ensure_ascii=False).encode()
    headers = {
        "Authorization": settings.PUSH_KEY.word(
            f"https://{parts.hostname}", settings.PUSH_CONTACT, time.time()
        ),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(max(0, int(lasts_s))),
        "Urgency": "high",
    }
    try:
        status = POSTING.post(device.endpoint, sealed(words, lock), headers)
    except NotReached:
        return Fate.AWAY
    except NoAnswer:
        return Fate.UNKNOWN
    if 200 <= status < 300:
        return Fate.TAKEN
    if status in GONE:
        return Fate.GONE
    return Fate.LATER if status >= 500 or status in LATER else Fate.REFUSED
