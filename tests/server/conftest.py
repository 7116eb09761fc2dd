"""One server for all tests of a process, with two processes of its own; each test comes as somebody new."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from night import IS_WIDE
from postgres import schema_in
from programs import Account, account_in, marathoner_in
from visiting import Running, Visitor, running, signed_up

_numbers = count(1)


@pytest.fixture(scope="session")
def server(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The server, ready; by day no test has one of its own."""
    if not IS_WIDE:
        pytest.skip("a server of several processes: make wide")
    pytest.importorskip("allauth", reason="the packages of the extra called server are not here")
    with running(schema_in(postgres), tmp_path_factory.mktemp("server")) as started:
        yield started


@pytest.fixture
def stranger(server: Running) -> Visitor:
    """Somebody without an account."""
    return server.visitor()


@pytest.fixture
def newcomer(server: Running) -> Account:
    """A runner with an account who told nothing yet."""
    return account_in(server)


@pytest.fixture
def planned(server: Running) -> Account:
    """A runner with an account whose week is planned: the sample marathoner, on Wednesday morning."""
    return marathoner_in(server)


@pytest.fixture
def new_runner(server: Running) -> Callable[[], tuple[Visitor, str]]:
    """Make an account and return who is logged in to it, with the address."""

    def make() -> tuple[Visitor, str]:
        email = f"runner{next(_numbers)}@example.org"
        return signed_up(server, email), email

    return make
