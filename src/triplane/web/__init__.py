"""The app in the browser: one room a page, each with its view, template and paths.

Speaks:  serve, serve_many, send_reminders, new_push_key, local_settings, application.      Knows: bootstrap, coach, formats.      Never: a rule, a number about a body, whose turn it is.
"""

from triplane.web.server.running import new_push_key, send_reminders, serve_many
from triplane.web.serving import PhoneWish, Up, application, file_of_session, paper_of, serve
from triplane.web.settings import local_settings

__all__ = [
    "PhoneWish",
    "Up",
    "application",
    "file_of_session",
    "local_settings",
    "new_push_key",
    "paper_of",
    "send_reminders",
    "serve",
    "serve_many",
]
