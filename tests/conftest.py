"""What holds for every test: generated cases are the same in every run, and no case is judged by its time."""

from hypothesis import settings

settings.register_profile("test", deadline=None, derandomize=True, database=None)
settings.load_profile("test")
