"""How people join and come back: how long links last, and what an application may hold."""

from datetime import timedelta

RECOVERY_TIME = timedelta(hours=1)
"""How long a link for a lost password serves."""

INVITATION_TIME = timedelta(days=7)
"""How long an invitation can be taken."""

APPLICATION_TIME = timedelta(days=90)
"""How long an application is kept that nobody decides on."""

LONGEST_WORDS = 2000
"""Characters of what somebody says of herself, asks or answers."""

TRIAL_TEXTS = 3
"""Texts that an applicant translates."""

SHORTEST_TRIAL, LONGEST_TRIAL = 25, 160
"""Characters of a source that is long enough to tell something and short enough to be a trial."""

ASKS, ASKS_WINDOW = 5, 3600
"""Forms that one network can send in so many seconds to get a mail sent, or to apply."""
