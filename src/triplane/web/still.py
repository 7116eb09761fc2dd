"""What does not change from page to page: pictures, scripts and styles, each handed out in one piece."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware


class StillFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """Hands out what lies there; piece by piece it would be gathered whole all the same, with a warning."""

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponse:
        """Return a file, or the part of it that was asked for."""
        found = WhiteNoiseMiddleware.serve(static_file, request)
        try:
            return HttpResponse(b"".join(found), status=found.status_code, headers=dict(found.items()))
        finally:
            found.close()
