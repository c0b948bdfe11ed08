"""Import profiles: what the columns of a known export mean, one file per profile.

In: nothing. Out: `PROFILES`, the closed list of profiles by name.
A profile reads no file itself; its docstring is its page in the manual.
"""

from __future__ import annotations

from sla2.logs.profiles import csv_generic, servicenow_event_log
from sla2.logs.profiles.profile import Profile

PROFILES: dict[str, Profile] = {
    profile.name: profile for profile in (csv_generic.PROFILE, servicenow_event_log.PROFILE)
}

__all__ = ["PROFILES", "Profile"]
