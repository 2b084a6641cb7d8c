"""The project's settings, made quick for tests and in need of nothing but PostgreSQL."""

import os

os.environ.setdefault("DEBUG", "1")

from factcheck.settings import *  # noqa: F403

DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
SITE_ADDRESS = "https://factcheck.example"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
# A thread of the live server that outlasts its browser must not hold the database that is dropped.
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
# Most tests are about something else; those about suggestions name a detector.
FACTCHECK_DETECTOR = "tests.detecting.Nothing"
