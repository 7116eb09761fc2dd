"""Answers travel packed to whoever takes that, but for those that are packed as they are."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

PACKED = frozenset(
    {"application/gzip", "application/zip", "image/jpeg", "image/png", "font/woff2", "video/mp4"}
)
"""What is packed already: once more costs time and saves nothing."""


class PackedOnce(GZipMiddleware):
    """Packs what may become smaller, and leaves archives and pictures as they are."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Return an answer as it travels."""
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
        return response if kind in PACKED else super().process_response(request, response)
