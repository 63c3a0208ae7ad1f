"""What all tests share."""

import os

from hypothesis import settings

# The usual run repeats the same examples, so that a change and not chance turns it red; new
# examples are looked for by `make soak`, and by HYPOTHESIS_PROFILE=explore.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
