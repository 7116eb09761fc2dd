"""Where reading and telling meet: one address answers for both, by its method."""

from ninja import Router

router = Router()
