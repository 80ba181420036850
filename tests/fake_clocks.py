"""Two clocks that run together until one of them is touched."""

from mes_app.services.clocks import Clock


class FakeClocks:
    def __init__(self) -> None:
        self.uptime, self.wall = 1_000.0, 1_760_000_000.0
        self.clock = Clock(uptime=lambda: self.uptime, wall=lambda: self.wall)

    def wait(self, seconds: float) -> None:
        self.uptime += seconds
        self.wall += seconds
