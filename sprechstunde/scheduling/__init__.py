"""The schedule: what is free, and appointments that can't overlap."""
