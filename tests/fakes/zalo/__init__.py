"""A fake Zalo Bot Platform: a real HTTP server, as strict as the real one is known to be.

```python
async with serving(clock) as world:            # world.address, world.tokens: what the bots under test are given
    lan = world.person("Nguyễn Thị Lan")
    lan.writes("A7K2 1")                       # waits for getUpdates, or goes to the webhook that was set
    ...
    assert lan.seen()[-1].text == "Đã ghi nhận."
```
"""

from tests.fakes.zalo.chats import Shown
from tests.fakes.zalo.faults import Fault
from tests.fakes.zalo.groups import Group
from tests.fakes.zalo.habits import Habits
from tests.fakes.zalo.people import Person
from tests.fakes.zalo.server import serving
from tests.fakes.zalo.world import World

__all__ = ["Fault", "Group", "Habits", "Person", "Shown", "World", "serving"]
