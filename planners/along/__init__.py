"""Survey lines that follow a corridor: laid, divided along it, and strung to one way a UAV."""
