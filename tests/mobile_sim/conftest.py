"""A population of a fixed day, made once; a scripted server; a key."""

from collections.abc import Iterator
from datetime import date
from http.server import ThreadingHTTPServer
from threading import Thread

import pytest
from sim_desk import Desk, handler

from mobile_sim.people import Population
from mobile_sim.population import populate

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def today() -> date:
    return TODAY


@pytest.fixture(scope="session")
def population() -> Population:
    return populate(TODAY)


@pytest.fixture
def desk() -> Iterator[Desk]:
    scripted = Desk()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(scripted))
    server.daemon_threads = True
    scripted.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield scripted
    server.shutdown()
    thread.join()
    server.server_close()
