"""What plugs into Rasa: language understanding, the agent, training, tuning."""
