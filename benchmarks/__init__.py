"""Measurements. Each module holds one; `make bench` runs all of them, `BENCH=quick make bench` a short form."""
