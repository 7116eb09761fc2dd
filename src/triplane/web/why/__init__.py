"""Why: a rule, a source, a direction or a planned item, with what it leans on."""
