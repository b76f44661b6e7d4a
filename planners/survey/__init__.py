"""Straight parallel lines, as a surveyor draws them: they keep their spacing."""
