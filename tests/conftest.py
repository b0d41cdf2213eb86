"""What tests of every room share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

_UNHURRIED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
# In the suite the same inputs each time; `make fuzz` (--hypothesis-profile=long) searches for new ones.
settings.register_profile(
    "quick", deadline=None, max_examples=30, derandomize=True, suppress_health_check=_UNHURRIED
)
settings.register_profile("long", deadline=None, max_examples=2000, suppress_health_check=_UNHURRIED)
settings.load_profile("quick")

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session", autouse=True)
def cache_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache for the whole suite, apart from the user's."""
    base = tmp_path_factory.getbasetemp()
    with pytest.MonkeyPatch.context() as patch:
        shared_by_workers = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
        patch.setenv("XDG_CACHE_HOME", str(shared_by_workers / "cache"))
        yield


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of measuring data that lies beside a developer's checkout; skips where there is none.

    ``RAPEXTRACT_SHARED`` names it; without that variable it is ``../shared`` seen from the checkout.
    """
    folder = Path(os.environ.get("RAPEXTRACT_SHARED", REPOSITORY.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"the measuring data are not here ({folder}); RAPEXTRACT_SHARED names another place")
    return folder
