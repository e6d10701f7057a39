"""What a dialogue designer wants to hear within a second of saving a file. Knows no Rasa: it reads YAML and code."""
