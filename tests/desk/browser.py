"""A browser that is logged in at the desk."""

from playwright.sync_api import BrowserContext

from desk import login
from tests.desk.world import World


def log_in(context: BrowserContext, world: World, name: str, address: str) -> None:
    """Give a browser the cookie of a fresh login."""
    _, token = world.person(name)
    context.add_cookies([{"name": login.cookie_name(world.deps), "value": token, "url": address}])
