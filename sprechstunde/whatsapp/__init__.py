"""The channel: Meta's WhatsApp Cloud API. Only `connector.py` knows Rasa."""
