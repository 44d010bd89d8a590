"""A fake Bot API that deserves trust: a real HTTP server, held to descriptions of Telegram's Bot API that others wrote.

```python
async with serving(clock=clock) as world:      # world.address, world.token: what the bot under test is given
    lan = world.person("Nguyễn Thị Lan")
    lan.starts("CODE")                         # waits for getUpdates, or goes to the webhook that was set
    ...
    assert lan.seen()[-1].labels == ["Đã nhận"]
    lan.presses("Đã nhận")
```
"""

from tests.fakes.telegram.chats import Shown
from tests.fakes.telegram.faults import Fault
from tests.fakes.telegram.groups import Group
from tests.fakes.telegram.people import Person
from tests.fakes.telegram.server import serving
from tests.fakes.telegram.world import World

__all__ = ["Fault", "Group", "Person", "Shown", "World", "serving"]
