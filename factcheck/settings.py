"""Settings: one file, and everything that differs between machines comes from the environment.

The README has a table of the variables; a test holds it against this file.
"""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from factcheck import embedded

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name: str, default: str | None = None) -> str:
    """The variable `name`, or a refusal to start that says which one is missing."""
    value = os.environ.get(name) or default
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    return value


DEBUG = env("DEBUG", "0") == "1"
SECRET_KEY = env("SECRET_KEY", "only for development" if DEBUG else None)
ALLOWED_HOSTS = env("ALLOWED_HOSTS", "localhost,127.0.0.1" if DEBUG else None).split(
    ","
)
# The address readers use, for permanent links in mails and markup.
SITE_ADDRESS = env("SITE_ADDRESS", f"https://{ALLOWED_HOSTS[0]}").rstrip("/")

INSTALLED_APPS = [
    "annotations",
    "django_htmx",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "pgtrigger",
    "pghistory",
    "whitenoise.runserver_nostatic",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    # The language of an address: French, or /en/…
    "annotations.http.AddressLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Every page needs a login unless its view says @login_not_required.
    "annotations.http.NewsroomMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # Who changed a record and where, for its history.
    "annotations.http.HistoryMiddleware",
]

ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


def database(url: str) -> dict[str, object]:
    """Django's settings for `postgresql://user:password@host:port/name?option=…`."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            "DATABASE_URL does not name a PostgreSQL database: "
            "write postgresql://user:password@host:port/name."
        )
    options: dict[str, object] = dict(parse_qsl(parts.query))
    # A Unix socket is named as ?host=/folder.
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 600,
        "OPTIONS": options,
    }


DATABASES = {
    "default": database(
        env("DATABASE_URL", embedded.database_url() if DEBUG else None)
        if not os.environ.get("DATABASE_URL")
        else env("DATABASE_URL")
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Who changed a record; what changes nothing does not look who is there, so that the pages
# for everybody stay the same for everybody.
PGHISTORY_MIDDLEWARE_METHODS = ["POST", "PUT", "PATCH", "DELETE"]
# Shared by every process, as limits on log-ins must be.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    }
}
# What points at the sentences that ask to be checked; see annotations/suggesting.py.
FACTCHECK_DETECTOR = env("FACTCHECK_DETECTOR", "annotations.learning.detector")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# People
AUTH_USER_MODEL = "annotations.User"
AUTHENTICATION_BACKENDS = ["annotations.accounts.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "annotations:article_list"
ACCOUNT_ADAPTER = "annotations.accounts.Adapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_SESSION_REMEMBER = None
# Behind how many proxies of ours the server stands; the limits on log-ins count by address.
ALLAUTH_TRUSTED_PROXY_COUNT = int(env("TRUSTED_PROXIES", "0"))

# Mail: to the console in development, unless a mail server is named.
MAILERS = {
    "default": (
        {"BACKEND": "factcheck.mail.ConsoleBackend"}
        if DEBUG and not os.environ.get("EMAIL_HOST")
        else {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": env("EMAIL_HOST", "localhost"),
                "port": int(env("EMAIL_PORT", "25")),
                "username": env("EMAIL_HOST_USER", ""),
                "password": env("EMAIL_HOST_PASSWORD", ""),
                "use_tls": env("EMAIL_USE_TLS", "0") == "1",
            },
        }
    )
}
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", f"factcheck@{ALLOWED_HOSTS[0]}")

# Addresses beside the public internet that pages may be fetched from ("127.0.0.1:8000").
# None, and no variable says otherwise: only tests have a server of their own to name.
OUTGOING_ALLOWED_ADDRESSES: list[str] = []

# Scripts and styles are files of our own, so no page of ours needs a nonce.
# The admin's change list has one inline <style>; the nonce is for that.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = not DEBUG and env("SSL_REDIRECT", "1") == "1"
SECURE_HSTS_SECONDS = 0 if DEBUG else int(env("HSTS_SECONDS", "31536000"))
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
)
SESSION_COOKIE_SECURE = not DEBUG
CSRF_COOKIE_SECURE = not DEBUG
CSRF_FAILURE_VIEW = "annotations.views.errors.csrf_failure"

# A pasted text of 500 000 characters takes up to 2 MB, more when percent-encoded.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000
# The review of a long article sends two or three fields for each of 1 000 blocks.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000
# Files go to disk as they come, and of each no more than is read.
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_HANDLERS = ["annotations.uploads.BoundedUploadHandler"]

# Language and time
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "annotations" / "locale"]
USE_TZ = True
TIME_ZONE = env("TIME_ZONE", "Europe/Paris")

# Files
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
