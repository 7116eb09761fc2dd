"""How the tables of the accounts came to be, step by step."""
