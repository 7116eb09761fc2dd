"""Says by its exit code whether the app at a port of this machine is ready: python is_ready.py 8427."""

import os
import sys
from http.client import HTTPConnection


def main(port: int) -> int:
    """Ask as the proxy would: by a name that the app is reached by."""
    host = os.environ["TRIPLANE_HOSTS"].split(",")[0].strip().lstrip(".")
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/ready/", headers={"Host": host})
        return 0 if connection.getresponse().status == 200 else 1
    except OSError:
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
