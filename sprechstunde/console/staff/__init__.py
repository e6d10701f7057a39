"""The pages of the staff: inbox, conversations, tasks, results, accounts."""
