"""The grid of mega-cells, its annealed placement, and tours around spanning trees."""
