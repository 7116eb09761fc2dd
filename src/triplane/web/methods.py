"""Which methods an address answers, beside ``require_safe`` and ``require_POST``; to others 405."""

from django.views.decorators.http import require_http_methods

require_safe_or_post = require_http_methods(["GET", "HEAD", "POST"])
"""For a page with a form that is sent to the page itself."""
