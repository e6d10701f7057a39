"""Custom actions: each reads slots, calls one clinic service and says the outcome. One module a dialogue."""
