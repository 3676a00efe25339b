"""The site's settings for tests: an embedded server of this process' own, thrown away after it.

Its folder bears the number of the process, so that two runs (or the workers of one) never meet and
what a killed run left is known for what it is (`leftovers`).
"""

import os
import secrets
from pathlib import Path

RUNS = "/tmp"
PREFIX = "pht-"
HOME = f"{RUNS}/{PREFIX}{os.getpid()}-{secrets.token_hex(3)}"
os.environ["PHASEOUT_HOME"] = HOME
os.environ["PHASEOUT_MODE"] = "demo"
os.environ.setdefault("PHASEOUT_SECRET_KEY", secrets.token_urlsafe(64))
os.environ.pop("DATABASE_URL", None)

from phaseout.web.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES["default"].update(OPTIONS={}, CONN_HEALTH_CHECKS=False)  # noqa: F405
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATICFILES_DIRS = [*STATICFILES_DIRS, Path(__file__).parent / "browser" / "static"]  # noqa: F405
# Many tests ask from one address, and what one of them published is gone in the next.
PUBLIC_REQUESTS_A_MINUTE = 0
PUBLIC_KEPT_MB = 0
