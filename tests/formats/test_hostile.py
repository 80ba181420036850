import asyncio
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from mes_app.device.pdf_readers import choose_pdf_reader
from mes_app.domain.content_types import sniff_content_type
from mes_app.domain.documents import Content
from mes_app.errors import Reason, Rejected, Unreadable
from mes_app.formats.hostile import Judged, judge_file
from mes_app.formats.pdf_cleaning import Removed
from mes_app.formats.texts import extract_text
from mes_app.services.previews import Preview, PreviewKind, Previews
from tests.formats.hostile_files import GOOD, KEPT, PLAIN, REFUSED
from tests.formats.peaks import read_peak
from tests.services.family import image

pytestmark = pytest.mark.filterwarnings("ignore:.*:UserWarning:PIL")
LARGEST_MEMORY = 600_000_000


def test_the_corpus_is_large_enough_to_mean_something() -> None:
    assert len(REFUSED) + len(KEPT) + len(PLAIN) >= 60


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_acts_or_is_broken_is_refused_with_its_reason(name: str) -> None:
    data, reason = REFUSED[name]
    with pytest.raises(Rejected) as refused:
        judge_file(data)
    assert (refused.value.field, refused.value.reason) == ("file", reason)


@pytest.mark.parametrize("name", KEPT)
def test_what_acts_is_taken_out_and_the_rest_is_kept(name: str) -> None:
    judged = judge_file(KEPT[name])
    assert judged.removed
    assert judge_file(judged.data) == Judged(judged.data, judged.content_type)
    for word in (b"/JS", b"/Launch", b"/EF", b"x.exe", b"app.alert", b"<script", b"MZ\x90", b"a.class", b"GIF89a"):
        assert word not in judged.data
    assert asyncio.run(draw(judged)).startswith(b"\x89PNG")


@pytest.mark.parametrize("name", PLAIN)
def test_what_does_nothing_by_itself_is_kept_as_it_is(name: str) -> None:
    judged = judge_file(PLAIN[name])
    assert (judged.data, judged.removed) == (PLAIN[name], frozenset())


def test_what_was_removed_is_said() -> None:
    told = {name: judge_file(KEPT[name]).removed for name in KEPT}
    assert told["pdf that starts a program"] == {Removed.ACTIONS}
    assert told["pdf with files inside"] == {Removed.FILES}
    assert told["photo that says where"] == {Removed.HIDDEN}


def test_a_good_file_is_not_touched() -> None:
    for data in (GOOD, image("JPEG"), image("PNG"), image("TIFF", pages=3), "L’été".encode(), rb"{\rtf1 Bonjour}"):
        assert judge_file(data) == Judged(data, judge_file(data).content_type)


def test_the_whole_corpus_is_added_shown_and_read_within_bounds_of_memory() -> None:
    """In a process of its own, whose most is that of the corpus alone."""
    program = "from tests.formats.test_hostile import use_corpus; use_corpus()"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < LARGEST_MEMORY


def use_corpus() -> None:
    """Every file as it is, as if a server had sent it: each step gives something to show, or one of our errors."""
    corpus = [*(data for data, _ in REFUSED.values()), *KEPT.values(), *PLAIN.values()]
    for data in corpus:
        try:
            judged = judge_file(data)
        except Rejected:
            judged = Judged(data, sniff_content_type(data))
        with suppress(Unreadable):
            asyncio.run(draw(judged))
        with suppress(Unreadable):
            assert extract_text(judged.data) is not None
    print(read_peak())


async def draw(judged: Judged) -> bytes:
    """The first page as a picture; the text as bytes."""
    previews = Previews(choose_pdf_reader())
    content = Content(data=judged.data, content_type=judged.content_type, file_name="document")
    preview: Preview = await previews.preview(content)
    if preview.kind is PreviewKind.TEXT:
        return preview.text.encode()
    return await previews.render_page(content, 0, 400)


def test_every_reason_is_one_that_a_person_can_act_on() -> None:
    assert {reason for _, reason in REFUSED.values()} >= {
        Reason.OFFICE_FILE, Reason.ACTIVE_FILE, Reason.DAMAGED_FILE, Reason.TOO_COMPLEX, Reason.FORMAT_NOT_ACCEPTED,
    }  # fmt: skip
