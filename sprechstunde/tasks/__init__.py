"""What waits for a human: the staff's list."""
