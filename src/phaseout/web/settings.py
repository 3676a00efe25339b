"""Settings of the site, from the environment.

PHASEOUT_MODE       demo | production (the default; refuses to start unsafe)
PHASEOUT_HOME       where the embedded database, evidence and secrets lie
DATABASE_URL        a PostgreSQL of one's own instead of the embedded one
PHASEOUT_SECRET_KEY, PHASEOUT_HOSTS, PHASEOUT_ORIGINS, …      see docs/operators/settings.md
"""

from __future__ import annotations

from datetime import date

import environ

from phaseout.web.environment import read_secret_key, state_home

env = environ.Env()

MODE = env.str("PHASEOUT_MODE", default="production")
DEMO = MODE == "demo"
DEMO_FIRST_DAY = date(2018, 3, 15)
HOME = state_home()
EVIDENCE_ROOT = HOME / "evidence"

DEBUG = False
SECRET_KEY = read_secret_key(HOME, demo=DEMO)
ALLOWED_HOSTS = env.list("PHASEOUT_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("PHASEOUT_ORIGINS", default=[])

INSTALLED_APPS = [
    "phaseout.desk",
    "phaseout.accounts",
    "phaseout.evidence",
    "phaseout.library",
    "phaseout.registry",
    "phaseout.casework",
    "phaseout.pages",
    "phaseout.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",  # its widgets' templates, for the renderer below
    "allauth",
    "allauth.account",
    "django_htmx",
    "csp",
    "ninja",
    "django_prometheus",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "phaseout.pages.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "phaseout.accounts.requests.DeskMiddleware",
    "phaseout.pages.refusing.RefusalMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "phaseout.web.urls"
WSGI_APPLICATION = "phaseout.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "phaseout.accounts.requests.desk",
            ],
            "builtins": ["phaseout.pages.templatetags.phaseout"],
        },
    }
]

FORM_RENDERER = "phaseout.pages.forms.OfficeForms"

DATABASES = {
    "default": {
        **env.db_url("DATABASE_URL", default="postgresql:///phaseout"),
        "ENGINE": "django.db.backends.postgresql",
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 20}},
        "CONN_HEALTH_CHECKS": True,
    }
}
if not env.str("DATABASE_URL", default=""):
    # The embedded server listens on a socket in its own folder only.
    DATABASES["default"].update(NAME="phaseout", USER="postgres", HOST=str(HOME / "pg"))

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "phaseout.accounts.sign_in.OfficeAdapter"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,30/5m/ip"}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_SAMESITE = "Lax"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FILES = 60

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "style-src": ["'self'", "'unsafe-inline'"],  # ECharts sizes its canvas by style
        "script-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
if not DEMO:
    SECURE_SSL_REDIRECT = env.bool("PHASEOUT_TLS", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
