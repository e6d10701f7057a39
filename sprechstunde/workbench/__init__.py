"""What a dialogue designer works with: editing live."""
