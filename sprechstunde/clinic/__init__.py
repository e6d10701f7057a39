"""The clinic itself: its places, people, visit types, hours and insurers, read from `clinic.yml`."""
