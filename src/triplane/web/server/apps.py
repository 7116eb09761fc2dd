"""What Django calls this room: its tables begin with ``server_``."""

from django.apps import AppConfig


class ServerConfig(AppConfig):
    """The accounts of a server."""

    name = "triplane.web.server"
    label = "server"
    default_auto_field = "django.db.models.BigAutoField"
