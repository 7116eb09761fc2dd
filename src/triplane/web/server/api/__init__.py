"""What programs ask for a runner who gave them a token: the pages' use cases as documents, under ``/api/v1/``."""
