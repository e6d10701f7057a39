"""The door for other systems: results come in as JSON or as FHIR, with a token for each system."""
