"""Who writes to us, and what was said."""
