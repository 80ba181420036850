"""One real HTTP server for all tests of this folder; each test gets a store of its own behind it, with one family."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from mes_backend.database import make_engine, metadata
from mes_backend.fhir.routes import install
from mes_backend.fhir.store import Store, seed_resources
from tests.backend.fhir.scene import FAMILY, FHIR, Clock, Door, Server, read_caller


@pytest.fixture(scope="session")
def door() -> Iterator[Door]:
    door = Door()
    server = uvicorn.Server(uvicorn.Config(door, host="127.0.0.1", port=0, lifespan="off", log_level="warning"))
    socket = server.config.bind_socket()
    door.url = f"http://127.0.0.1:{socket.getsockname()[1]}/fhir"
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]})
    thread.start()
    yield door
    server.should_exit = True
    thread.join()
    socket.close()


@pytest.fixture(scope="session")
def family_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that holds the family, to be copied."""
    file = tmp_path_factory.mktemp("family") / "store.db"
    engine = make_engine(f"sqlite:///{file}", lasting=False)
    metadata.create_all(engine)
    seed_resources(Store(engine, Clock()), FAMILY)
    engine.dispose()
    return file


@pytest.fixture
def server(door: Door, family_file: Path, tmp_path: Path) -> Iterator[Server]:
    engine = make_engine(f"sqlite:///{shutil.copy(family_file, tmp_path)}", lasting=False)
    clock = Clock()
    store = Store(engine, clock)
    door.app = FastAPI()
    install(door.app, store, door.url, read_caller)
    clients: list[httpx.Client] = []

    def client(name: str) -> httpx.Client:
        clients.append(httpx.Client(base_url=door.url, headers=FHIR | {"X-Person": name}))
        return clients[-1]

    yield Server(door.url, store, clock, client)
    for opened in clients:
        opened.close()
    engine.dispose()


@pytest.fixture
def camille(server: Server) -> httpx.Client:
    return server.camille
