"""A story that fails tells what was on the screen."""

from collections.abc import Generator

import pytest

from tests.e2e.browser import Screen


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    call: pytest.CallInfo[None],
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the tree of each screen that the story was using: the family on it is a fictional one."""
    report = yield
    if call.excinfo and report.failed:
        values = [value for entry in call.excinfo.traceback[:3] for value in entry.frame.f_locals.values()]
        for screen in {id(value): value for value in values if isinstance(value, Screen)}.values():
            report.sections.append(("what a screen said", screen.tree()))
    return report
