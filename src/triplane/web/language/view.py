"""The language of the pages, as chosen; kept in a cookie, because it is no fact about a runner."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

A_YEAR_S = 365 * 24 * 3600


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the language in a cookie; what is not offered is as the browser asks for."""
    chosen = request.POST.get("language", "")
    answer = redirect("settings")
    name = settings.LANGUAGE_COOKIE_NAME
    if chosen in dict(settings.LANGUAGES):
        answer.set_cookie(name, chosen, max_age=A_YEAR_S, httponly=True, samesite="Strict")
    else:
        answer.delete_cookie(name, samesite="Strict")
    return answer


paths = [path("settings/language/", choose, name="language")]
