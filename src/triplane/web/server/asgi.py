"""The app as each process of a server answers with it."""

from django.conf import settings

from triplane.web.bounds import Bounded
from triplane.web.server.beginning import tell_django
from triplane.web.serving import answering

if not settings.configured:
    tell_django()

from triplane.web.server.monitoring import log_in_lines

log_in_lines()
application = Bounded(answering())
