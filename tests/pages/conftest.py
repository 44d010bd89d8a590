"""What tests of the pages may ask for."""

from collections.abc import AsyncIterator

import pytest

from tests.chats import Council
from tests.pages.browsers import Browser, Site, site_of


@pytest.fixture
def site(council: Council) -> Site:
    """The pages of the council with the named cast."""
    return site_of(council)


@pytest.fixture
async def browser(site: Site) -> AsyncIterator[Browser]:
    """A browser without cookies."""
    async with site.browser() as opened:
        yield opened
