"""After the flight: what was photographed, what is missing, and how to fly only that."""
