"""What happens when things go wrong: killed processes, busy ports, second starts."""
