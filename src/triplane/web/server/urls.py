"""All paths of a server: those of every page, the accounts', and what machines ask."""

from django.urls import include, path

from triplane.web import urls as pages
from triplane.web.server import (
    account,
    acts,
    assistants,
    groups,
    monitoring,
    reminder_page,
    sharing,
    token_page,
)
from triplane.web.server.api.v1 import api

urlpatterns = [
    *pages.urlpatterns,
    *account.paths,
    *reminder_page.paths,
    *sharing.paths,
    *acts.paths,
    *assistants.paths,
    *groups.paths,
    *token_page.paths,
    path("api/v1/", api.urls),
    path("accounts/", include("allauth.urls")),
    *monitoring.paths,
]
handler400 = pages.handler400
handler404 = pages.handler404
handler500 = pages.handler500
