"""What Django is told on a server: the local app's settings, with accounts, a database and encryption."""

from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from triplane.bootstrap import Practices
from triplane.web.server.environment import Environment, Post
from triplane.web.settings import HERE, local_settings

SERVER = Path(__file__).parent

A_YEAR_S = 365 * 24 * 3600
TWO_WEEKS_S = 14 * 24 * 3600

MOST_CONNECTIONS = 8
"""Connections of one process to the tables of accounts. Ours."""

APPS = (
    "triplane.web.server",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
)

MIDDLEWARE = (
    "triplane.web.server.monitoring.Monitored",
    "triplane.web.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "triplane.web.packing.PackedOnce",
    "triplane.web.still.StillFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "triplane.web.server.gate.Known",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "triplane.web.server.lines.WorkedOutAhead",
    "triplane.web.server.held.HeldWhileSignedOut",
    "triplane.web.typed_before.TypedBefore",
    "triplane.web.server.gate.WithAnAccount",
)
"""From the outside in."""

RATES = {"login_failed": "10/m/ip,5/300s/key", "login_failed_everywhere": "100/h/key"}
"""Wrong passwords: of one visitor, of one visitor for one address, for one address from anywhere. Ours."""

PASSWORDS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("LongEnough", {"min_length": 10}),
    ("UnlikeTheAddress", {"user_attributes": ("email",)}),
    ("Uncommon", {}),
    ("NotOnlyNumbers", {}),
)


def server_settings(told: Environment, practices: Practices) -> dict[str, Any]:
    """Return the settings of a server, whose runners' practices are opened by ``practices``."""
    from triplane.web.server.whose import open_for

    settings = local_settings(lambda request: open_for(request, practices))
    [templates] = settings["TEMPLATES"]
    templates["DIRS"] = [SERVER / "templates", HERE]
    templates["APP_DIRS"] = True
    templates["OPTIONS"]["libraries"] = {"i18n": "triplane.web.server.their_words"}
    templates["OPTIONS"]["builtins"] += [
        f"triplane.web.server.{one}" for one in ("naming", "headings", "form_words")
    ]
    templates["OPTIONS"]["context_processors"] += [
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]
    return {
        **settings,
        **_accounts(told),
        **_protection(told),
        "SECRET_KEY": told.secret,
        "SECRET_KEY_FALLBACKS": list(told.secrets_before),
        "ALLOWED_HOSTS": list(told.hosts),
        "LOOPBACK_NAMES": [],
        "ROOT_URLCONF": "triplane.web.server.urls",
        "INSTALLED_APPS": list(APPS),
        "MIDDLEWARE": list(MIDDLEWARE),
        "STATICFILES_DIRS": [
            one for one in (*settings["STATICFILES_DIRS"], SERVER / "static") if _is_there(one)
        ],
        "DATABASES": {"default": database(told.database)},
        "SILENCED_SYSTEM_CHECKS": ["templates.W003"],  # ``their_words.py`` stands in for i18n on purpose
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        # Tries are counted for all processes together, or several would let several times as many pass.
        "CACHES": {
            "default": {
                "BACKEND": "django.core.cache.backends.db.DatabaseCache",
                "LOCATION": "tries",
            }
        },
        "FEEDS": "triplane.web.server.feeds.feeds_of",
        "LANES": "triplane.web.server.lanes.lane_for",
        "FILES_AT_ONCE": told.files_at_once,
        "PLANS_AT_ONCE": told.plans_at_once,
        "LANES_BESIDE": told.database,
        "PRACTICES": practices,
        "ADDRESS": told.address,
        "ZONE": told.zone,
        "TIME_ZONE": "UTC",
        "METRICS_TOKEN": told.metrics_token,
        "PUSH_KEY": told.push_key,
        "PUSH_CONTACT": f"mailto:{parseaddr(told.sender)[1]}",
    }


def _is_there(place: Any) -> bool:
    return Path(place[1] if isinstance(place, tuple) else place).is_dir()


def database(address: str) -> dict[str, Any]:
    """Return Django's words for the address of a PostgreSQL database."""
    from psycopg.conninfo import conninfo_to_dict

    rest: dict[str, Any] = conninfo_to_dict(address)
    named = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    given = {ours: str(rest.pop(theirs, "") or "") for ours, theirs in named.items()}
    # Threads come and go with requests here: connections outlive them in a pool.
    pool = {"min_size": 0, "max_size": MOST_CONNECTIONS, "timeout": 5}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **given,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **rest, "pool": pool},
    }


def _accounts(told: Environment) -> dict[str, Any]:
    """Return what accounts are like: an address and a password, passkeys, a second step, another service."""
    found: dict[str, Any] = {
        "AUTH_USER_MODEL": "server.Account",
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": f"triplane.web.server.passwords.{name}", "OPTIONS": options}
            for name, options in PASSWORDS
        ],
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "/",
        "ACCOUNT_ADAPTER": "triplane.web.server.adapter.Accounts",
        "ACCOUNT_SIGNUP_FORM_CLASS": "triplane.web.server.forms.SignupForm",
        "ACCOUNT_FORMS": {
            "signup": "triplane.web.server.signing_up.SigningUp",
            "login": "triplane.web.server.signing_up.SigningIn",
        },
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
        "ACCOUNT_USER_DISPLAY": "triplane.web.server.adapter.shown_name",
        "ACCOUNT_LOGIN_METHODS": {"email"},
        "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
        "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
        "ACCOUNT_EMAIL_NOTIFICATIONS": True,
        "ACCOUNT_CHANGE_EMAIL": True,
        "ACCOUNT_SESSION_REMEMBER": True,
        "ACCOUNT_REAUTHENTICATION_REQUIRED": True,
        "ACCOUNT_RATE_LIMITS": RATES,
        "ACCOUNT_LOGOUT_REDIRECT_URL": "/accounts/login/",
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "http" if told.is_trial else "https",
        "MFA_ADAPTER": "triplane.web.server.sealed_steps.SecondStep",
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_PASSKEY_SIGNUP_ENABLED": False,
        "MFA_TOTP_ISSUER": "Triplane",
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": told.is_trial,
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": False,
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SIGNUP_IS_OPEN": told.is_open,
        "DEFAULT_FROM_EMAIL": told.sender,
        "SERVER_EMAIL": told.sender,
        "SIGN_ON_ORIGIN": "",
        **_mail(told.post),
    }
    if told.sign_on:
        one = told.sign_on
        app: dict[str, Any] = {
            "provider_id": "sign-on",
            "name": one.name,
            "client_id": one.client,
            "secret": one.secret,
        }
        app |= {"settings": {"server_url": one.address, "oauth_pkce_enabled": True}}
        found["SOCIALACCOUNT_PROVIDERS"] = {"openid_connect": {"APPS": [app]}}
        found["SIGN_ON_ORIGIN"] = "https://" + urlsplit(one.address).netloc
    return found


def _mail(post: Post) -> dict[str, Any]:
    backend = "django.core.mail.backends"
    if post.kind == "console":
        return {"EMAIL_BACKEND": f"{backend}.console.EmailBackend"}
    if post.kind == "file":
        return {"EMAIL_BACKEND": f"{backend}.filebased.EmailBackend", "EMAIL_FILE_PATH": post.folder}
    return {
        "EMAIL_BACKEND": f"{backend}.smtp.EmailBackend",
        "EMAIL_HOST": post.host,
        "EMAIL_PORT": post.port,
        "EMAIL_HOST_USER": post.user,
        "EMAIL_HOST_PASSWORD": post.password,
        "EMAIL_USE_SSL": post.kind == "smtps",
        "EMAIL_USE_TLS": post.kind == "smtp",
        "EMAIL_TIMEOUT": 10,
    }


def _protection(told: Environment) -> dict[str, Any]:
    """Return what keeps cookies and pages to encrypted connections; a trial on one machine has none."""
    encrypted = not told.is_trial
    # A browser takes a cookie of such a name only encrypted, for the whole app, and from no other name.
    name = "__Host-" if encrypted else ""
    return {
        "SESSION_COOKIE_NAME": f"{name}session",
        "CSRF_COOKIE_NAME": f"{name}csrf",
        "SESSION_COOKIE_SECURE": encrypted,
        "CSRF_COOKIE_SECURE": encrypted,
        "LANGUAGE_COOKIE_SECURE": encrypted,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_AGE": TWO_WEEKS_S,
        # Coming from the link of an e-mail, a form is sent with its cookie too.
        "CSRF_COOKIE_SAMESITE": "Lax",
        "SECURE_SSL_REDIRECT": encrypted,
        "SECURE_REDIRECT_EXEMPT": [r"^health/$", r"^ready/$", r"^metrics/$"],
        "SECURE_HSTS_SECONDS": A_YEAR_S if encrypted else 0,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": encrypted,
        "SECURE_HSTS_PRELOAD": encrypted,
        "SECURE_REFERRER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
    }
