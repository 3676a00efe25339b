"""The site's settings for tests: an embedded server of this run's own, thrown away after it."""

import os
import tempfile

HOME = os.environ.setdefault("PHASEOUT_HOME", tempfile.mkdtemp(prefix="pht-", dir="/tmp"))
os.environ["PHASEOUT_MODE"] = "demo"

from phaseout.web.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES["default"].update(OPTIONS={}, CONN_HEALTH_CHECKS=False)  # noqa: F405
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
