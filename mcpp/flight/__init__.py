"""From routes to flights: legs, times, sorties, starts, heights over terrain."""
