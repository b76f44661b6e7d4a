"""DARP: connected regions of wanted sizes, one for each UAV."""
