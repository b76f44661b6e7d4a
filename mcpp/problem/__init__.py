"""From a mission in degrees to a problem in metres: limits, vehicles, cameras, corridors."""
