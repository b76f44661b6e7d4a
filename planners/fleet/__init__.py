"""Tours over the regions of a fleet, and ground moved until all finish together."""
