"""The app as each process of a server answers with it."""

import gc

from django.conf import settings

from triplane.web.bounds import Bounded
from triplane.web.server.beginning import tell_django
from triplane.web.serving import answering

if not settings.configured:
    tell_django()

from triplane.web.server.monitoring import log_in_lines
from triplane.web.server.senders import KnownSenders

log_in_lines()
application = Bounded(KnownSenders(answering()))

# What was loaded by now stays for good: looking it through again and again for what may be thrown away takes
# a fifth of the time in which a history is read.
gc.collect()
gc.freeze()
