"""A FHIR server that is not ours, filled with an American patient: what conformance means in practice."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from sekmet.config import Settings
from sekmet.main import create_app

VISITS = 10


@contextmanager
def run_plain_server(folder: Path) -> Iterator[str]:
    """An empty independent FHIR server on a socket; yields its base address."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    base = f"http://127.0.0.1:{port}/fhir"
    settings = Settings(
        base_url=base, host="127.0.0.1", port=port, db_path=":memory:", data_dir=str(folder), log_inbound=False,
        simulator={"enabled": False},
    )  # fmt: skip
    server = uvicorn.Server(uvicorn.Config(create_app(settings), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield base
    finally:
        server.should_exit = True
        thread.join()


def load_patient(base: str, visits: int = VISITS) -> tuple[str, int]:
    """Put one patient with ``visits`` on the server; their id and how many resources were written (some 50 each)."""
    ids: dict[str, str] = {}
    patient, written = "", 0
    for seed in range(visits):
        entries = _make_visit(seed)
        own = entries[0]["fullUrl"]
        if patient:
            ids[own] = patient
        sent = entries[1:] if patient else entries
        _post(base, sent, ids)
        patient, written = ids[own], written + len(sent)
    return patient.split("/")[1], written


def _make_visit(seed: int) -> list[dict[str, Any]]:
    """The patient, then what one visit wrote: some fifty resources."""
    import carebundle  # as long as all else that is imported: not for each process that looks for its tests

    visit = carebundle.generate_bundle(
        profile="type2_diabetes", seed=seed, reference_date=date(2020 + seed // 12, 1, 1)
    )
    entries: list[dict[str, Any]] = json.loads(carebundle.to_json(visit))["entry"]
    return sorted(entries, key=lambda entry: entry["resource"]["resourceType"] != "Patient")


def _post(base: str, entries: list[dict[str, Any]], ids: dict[str, str]) -> None:
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": _point_at(entries, ids)}
    answer = httpx.post(base, json=bundle, timeout=60).raise_for_status().json()
    for entry, done in zip(entries, answer["entry"], strict=True):
        ids[entry["fullUrl"]] = "/".join(done["response"]["location"].split("/_history")[0].split("/")[-2:])


def _point_at(value: Any, ids: dict[str, str]) -> Any:
    """References to what earlier batches wrote, by the ids that the server gave."""
    if isinstance(value, dict):
        return {key: _point_at(inner, ids) for key, inner in value.items()}
    if isinstance(value, list):
        return [_point_at(inner, ids) for inner in value]
    return ids.get(value, value) if isinstance(value, str) and value.startswith("urn:uuid:") else value
