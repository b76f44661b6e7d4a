"""Geometry and motion with no mission in them: frames, shapes, ways, coverage, kinematics."""
