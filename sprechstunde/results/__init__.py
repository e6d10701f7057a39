"""Test results: taken in, released by a doctor, opened by the patient alone, asked about below."""
