"""The people an appointment can be for."""
