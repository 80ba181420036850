"""What goes wrong between the app and its client, and ends neither."""

import asyncio

from tests.views import fakes
from tests.views.harness import App
from tests.views.test_app import tell

GONE = 1_000_000_000
PATIENCE = 20


def test_the_late_answer_of_a_control_that_has_gone_is_taken_and_the_app_hears_on() -> None:
    async def story(app: App, carnets: fakes.FakeCarnets) -> None:
        await asyncio.wait_for(app.session.invoke_method(GONE, "focus", {}), PATIENCE)
        app.session.handle_invoke_method_results(GONE, "nobody waits", None, None)

    tell(story, unlocked=False)
