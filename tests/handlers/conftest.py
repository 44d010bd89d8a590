"""What tests of the handlers may ask for."""

import pytest

from tests.databases import Stores


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def stores(request: pytest.FixtureRequest) -> Stores:
    """Both engines in turn; PostgreSQL in the longer tier, for handlers write no statements of their own."""
    made: Stores = request.getfixturevalue("sqlite_files" if request.param == "sqlite" else "postgres_server")
    return made
