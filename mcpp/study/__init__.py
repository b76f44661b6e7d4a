"""How many UAVs pay, for any mission."""
