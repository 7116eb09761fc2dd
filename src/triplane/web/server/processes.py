"""The processes of a server: begun anew where one ends, given up where each ends as soon as it begins."""

from time import monotonic

import uvicorn
from uvicorn.supervisors import Multiprocess

from triplane.errors import UserError

AT_ONCE_S = 30
"""A process that ends sooner after its beginning ended at once; one that does not answer is waited for five
seconds. Ours."""

TRIES = 3
"""How often each process is begun before they are given up together. Ours."""


def keep_answering(config: uvicorn.Config) -> None:
    """Let a server answer until it is asked to end.

    Raises
    ------
    UserError
        Where it cannot begin, or its processes end as soon as they begin.
    """
    try:
        if config.workers > 1:
            _in_processes(config)
        else:
            server = uvicorn.Server(config)
            server.run()
            if not server.started:
                raise _no_beginning()
    except KeyboardInterrupt:
        return
    except SystemExit as error:
        if error.code:
            raise _no_beginning() from error


def _in_processes(config: uvicorn.Config) -> None:
    with config.bind_socket() as listener:
        kept = _Kept(config, sockets=[listener])
        kept.run()
    if kept.is_given_up:
        raise _no_beginning()


def _no_beginning() -> UserError:
    return UserError(
        "the server ended as soon as it began; why is in its log: above, or as a service in journalctl -u "
        "triplane. Where nothing is told, see that its user may run this Python"
    )


class _Kept(Multiprocess):
    """Begins processes anew, as long as not each of them ends at once."""

    is_given_up = False
    fallen = 0

    def init_processes(self) -> None:
        super().init_processes()
        self.began = dict.fromkeys(self.processes, monotonic())

    def keep_subprocess_alive(self) -> None:
        if self.should_exit.is_set():
            return
        super().keep_subprocess_alive()
        now = monotonic()
        for process in [one for one in self.began if one not in self.processes]:
            is_at_once = now - self.began.pop(process) < AT_ONCE_S
            self.fallen = self.fallen + 1 if is_at_once else 0
        self.began.update({one: now for one in self.processes if one not in self.began})
        if self.should_exit.is_set() or self.fallen >= TRIES * self.processes_num:
            self.is_given_up = True
            self.should_exit.set()
