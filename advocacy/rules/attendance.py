"""How long it counts that somebody looks at a text, or has taken it: advice for others, never a lock."""

from datetime import timedelta

LOOKING = timedelta(minutes=5)
"""Since somebody opened the editor; afterwards nothing says that she did."""

NOTED_EVERY = timedelta(minutes=1)
"""How often it is written down anew."""

TAKEN = timedelta(hours=1)
