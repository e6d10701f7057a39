"""`make run`: all processes of the front desk under one supervisor, started, watched and stopped together."""
