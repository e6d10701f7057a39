"""Sprechstunde: a medical practice's front desk on WhatsApp."""
