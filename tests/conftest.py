"""Made-up examples are tried without a time limit: a busy machine proves nothing."""

from hypothesis import settings

settings.register_profile("house", settings(), deadline=None)
settings.load_profile("house")
