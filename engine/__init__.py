"""The BPM engine: cases, tasks, time and audit. Knows nothing of supervision, people's names, or HTTP."""

import zoneinfo

# Two machines must compute the same due time: only the pinned tzdata package is read, never the system's zone files.
zoneinfo.reset_tzpath(to=())
