"""Goes on with a plan after something has changed: a UAV lost or come, a zone, a weak battery."""
