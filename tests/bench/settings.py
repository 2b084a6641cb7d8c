"""The product's settings, and one more view to compare with."""

from factcheck.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.minimal"
DEBUG = False
