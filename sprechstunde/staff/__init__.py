"""People who work at the practice: accounts, sign-in, and what each role may do."""
