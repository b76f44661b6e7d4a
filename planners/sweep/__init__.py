"""Sweeps: parallel lines over a region, strung to a closed tour and polished."""
