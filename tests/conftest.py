"""The same examples on every run of continuous integration; new ones on a developer's machine."""

import os

from hypothesis import settings

# Pages upside down take seconds to read: commands leave them for later, but where a test asks for them.
os.environ.setdefault("TESTIMONIA_UPSIDE_DOWN", "later")
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")
