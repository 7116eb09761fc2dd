"""What was done and how it felt, turned into what changes tomorrow."""
