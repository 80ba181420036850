"""Searching and filtering 10,000 documents of 200 MB of text, against the same queries on plain SQLite.

The same engine without a key: what is compared is the price of the encryption.
"""

import hashlib
import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Figure, compare
from mes_app.crypto.primitives import make_secret
from mes_app.crypto.secret import Secret
from mes_app.domain.document_filters import DocumentFilter
from mes_app.domain.documents import Category
from mes_app.domain.people import Profile
from mes_app.domain.record import Kind, Overview
from mes_app.domain.searching import parse_query
from mes_app.services.search import find_page
from mes_app.store import profiles, records
from mes_app.store.database import Connection, Database
from mes_app.store.document_filters import list_documents
from mes_app.store.drivers import SQLCIPHER
from mes_app.store.migrations import migrate
from mes_app.store.openers import make_key_text, set_pragmas
from mes_app.store.pages import Incoming, save_page
from mes_app.store.search import Unread, Words, index_names, pack_words, save_words
from mes_app.sync.conflicts import merge_versions

DOCUMENTS = 10_000
LETTERS = 20_000
"""Letters of one document."""
VOCABULARY = 20_000
PARAGRAPHS = 300
TEXTS = 500
"""So many are different; the others are told apart by their place."""
PID = "somebody"
CATEGORIES = ("CPT_REND", "BIOLOGIE", "RADIO_SC", "ORD_SOIN")

Query = Callable[[Connection], int]


def search(text: str) -> Query:
    """One page of what is found under ``text``, with its excerpts."""
    return lambda con: len(find_page(con, PID, parse_query(text)))


def choose(con: Connection) -> int:
    """The first page of another category."""
    return len(list_documents(con, PID, DocumentFilter(category=Category.LABORATORY)))


async def measure() -> list[Figure]:
    """Both stores are warm."""
    with TemporaryDirectory(prefix="mes-carnets-bench-") as folder, make_secret() as key:
        plain = _open_plain(Path(folder) / "plain.db")
        texts = [pack_words(text) for text in _make_texts()]
        for start in range(0, DOCUMENTS, TEXTS):
            plain.run_change(partial(_fill, plain, start, texts))
        _encrypt(plain, Path(folder) / "vault.db", key)
        database = await Database.open(Path(folder) / "vault.db", key)
        figures = [
            await _compare(database, plain, f"another category of {DOCUMENTS} documents", choose, rounds=200),
            await _compare(database, plain, "search of a doctor", search("ben"), rounds=20),
            await _compare(database, plain, "search of a common word", search(_word(40)), rounds=20),
            await _compare(database, plain, "search of three letters", search(_word(40)[:3]), rounds=20),
            await _compare(database, plain, "search of a rare word", search(_word(2_000)), rounds=100),
        ]
        plain.close()
        await database.close()
        return figures


async def _compare(database: Database, plain: Connection, name: str, query: Query, rounds: int) -> Figure:
    async def ask_ours() -> None:
        assert await database.read(query)

    async def ask_plain() -> None:
        assert query(plain)

    return await compare(name, ask_ours, ask_plain, rounds=rounds)


def _open_plain(path: Path) -> Connection:
    plain = SQLCIPHER.connect(str(path), isolation_level=None)
    set_pragmas(plain)
    migrate(plain)
    return Connection(plain)


def _encrypt(plain: Connection, path: Path, key: Secret) -> None:
    """A copy of everything, under ``key``: to make all those words twice would take as long again."""
    with make_key_text(key) as text:
        plain.execute("ATTACH ? AS vault KEY ?", (str(path), text.view().decode()))
    plain.execute("SELECT sqlcipher_export('vault')").fetchall()
    (version,) = plain.execute("PRAGMA user_version").fetchone()
    plain.execute(f"PRAGMA vault.user_version = {version}")
    plain.execute("DETACH vault")


def _word(rank: int) -> str:
    """The word of that rank, a few letters and unlike any other."""
    return "".join(chr(97 + letter % 26) for letter in hashlib.md5(str(rank).encode(), usedforsecurity=False).digest())[
        : 4 + rank % 7
    ]


def _make_texts() -> Iterator[str]:
    """Paragraphs of common and rare words as in a language, ten or so to a document."""
    chance = random.Random(1)  # noqa: S311 - the same words every time
    words = [_word(rank) for rank in range(VOCABULARY)]
    weights = [1 / (rank + 3) for rank in range(VOCABULARY)]
    paragraphs = [" ".join(chance.choices(words, weights, k=250)) for _ in range(PARAGRAPHS)]
    size = sum(map(len, paragraphs)) // PARAGRAPHS
    for _ in range(TEXTS):
        yield " ".join(chance.choices(paragraphs, k=round(LETTERS / size)))


def _fill(con: Connection, start: int, texts: list[Words]) -> None:
    if start == 0:
        profiles.save_profile(con, Profile(pid=PID, name="Somebody"))
    save_page(con, PID, [_make_document(start + number) for number in range(len(texts))], merge=merge_versions)
    index_names(con)
    for number, words in enumerate(texts, start=start):
        record = records.find_record(con, PID, "DocumentReference", f"d{number}")
        assert record
        save_words(con, [(Unread(record.row.id, None), words)])


def _make_document(number: int) -> Incoming:
    day = f"20{10 + number % 16:02}-{1 + number % 12:02}-{1 + number % 28:02}"
    overview = Overview(
        kind=Kind.DOCUMENTS,
        title=f"Compte rendu n° {number}",
        subtitle=f"Dr Karim {'Benali' if number % 50 == 0 else _word(number % 300)}",
        date_text=day,
        date_key=f"{day}T00:00:00Z",
        category=CATEGORIES[number % len(CATEGORIES)],
        content_type="application/pdf",
    )
    return Incoming("DocumentReference", f"d{number}", "1", f"{day}T00:00:00Z", b"{}", overview)
