"""A story that fails tells what was on the screen; those after it in its file, which start where it should have ended,
are not told."""

from collections.abc import Generator
from contextlib import suppress

import pytest
from playwright.sync_api import Error

from tests.e2e.browser import Screen

FAILED = pytest.StashKey[bool]()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave a story out after one that failed in its file."""
    if item.parent and item.parent.stash.get(FAILED, False):
        pytest.skip("a story before this one failed")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the tree of each screen that the story was using: the family on it is a fictional one."""
    report = yield
    if call.excinfo and report.failed:
        assert item.parent
        item.parent.stash[FAILED] = True
        values = [value for entry in call.excinfo.traceback for value in entry.frame.f_locals.values()]
        for screen in {id(value): value for value in values if isinstance(value, Screen)}.values():
            with suppress(Error):  # a tab that is gone says nothing
                report.sections.append(("what a screen said", screen.tree()))
    return report
