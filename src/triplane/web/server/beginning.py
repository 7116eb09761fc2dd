"""How a process of a server begins: Django is told from the environment, once."""

import os
from collections.abc import Mapping

from triplane.bootstrap import Practices
from triplane.web.server.environment import Environment, read_environment


def tell_django(told: Mapping[str, str] | None = None) -> Environment:
    """Tell Django what the environment says.

    Raises
    ------
    UserError
        Where the environment lacks something or the packages of a server are not installed.
    """
    import django
    from django.conf import settings

    from triplane.web.server.lanes import planning_lane
    from triplane.web.server.settings import server_settings

    environment = read_environment(os.environ if told is None else told)
    practices = Practices(environment.database, environment.now, planning_lane)
    settings.configure(**server_settings(environment, practices))
    django.setup(set_prefix=False)
    return environment
