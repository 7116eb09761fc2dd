"""Begin: from the disclaimer to the week, one question a screen."""
