"""Settings of the site, from the environment.

PHASEOUT_MODE       demo | production (the default; refuses to start unsafe)
PHASEOUT_HOME       where the embedded database, evidence and secrets lie
DATABASE_URL        a PostgreSQL of one's own instead of the embedded one
PHASEOUT_SECRET_KEY, PHASEOUT_HOSTS, PHASEOUT_ORIGINS, …      all in docs/operators/settings.md

Importing this module reads the environment and writes nothing.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import environ

from phaseout.web.environment import (
    SERVES_PAGES,
    database_address,
    django_database,
    identity_provider,
    secret_key,
    secret_key_is_kept,
    state_home,
    whole_number,
    yes_or_no,
)
from phaseout.web.logs import configure_structlog, logging_settings

env = environ.Env()

MODE = env.str("PHASEOUT_MODE", default="production")
DEMO = MODE == "demo"
DEMO_FIRST_DAY = date(2018, 3, 15)
HOME = state_home()
EVIDENCE_ROOT = HOME / "evidence"
EVIDENCE_LARGEST_MB = whole_number("PHASEOUT_EVIDENCE_LARGEST_MB", default=20)
CLAMD = env.str("PHASEOUT_CLAMD", default="")  # host:port, or the path of its socket

DEBUG = False
SECRET_KEY = secret_key(HOME)
SECRET_KEY_IS_KEPT = secret_key_is_kept(HOME)
ALLOWED_HOSTS = env.list("PHASEOUT_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("PHASEOUT_ORIGINS", default=[])

INSTALLED_APPS = [
    "phaseout.desk",
    "phaseout.accounts",
    "phaseout.evidence",
    "phaseout.notices",
    "phaseout.library",
    "phaseout.registry",
    "phaseout.casework",
    "phaseout.inspections",
    "phaseout.exits",
    "phaseout.exits.restart",
    "phaseout.measures",
    "phaseout.measures.prices",
    "phaseout.measures.funds",
    "phaseout.measures.employees",
    "phaseout.measures.land",
    "phaseout.measures.retrofit",
    "phaseout.measures.sanctions",
    "phaseout.coordination",
    "phaseout.coordination.mechanism",
    "phaseout.coordination.planning",
    "phaseout.coordination.returns",
    "phaseout.coordination.annual",
    "phaseout.coordination.supervision",
    "phaseout.coordination.dashboards",
    "phaseout.disclosure",
    "phaseout.disclosure.lists",
    "phaseout.disclosure.site",
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
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "csp",
    "ninja",
    "django_prometheus",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "phaseout.web.operation.OperationMiddleware",
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "phaseout.disclosure.site.keeping.PublicPagesMiddleware",
    "phaseout.web.tracing.RequestIdMiddleware",
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
    "phaseout.accounts.sessions.SignedInMiddleware",
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

THREADS = whole_number("PHASEOUT_THREADS", default=4)
DATABASES = {
    "default": django_database(
        database_address(HOME), threads=THREADS, serves_pages=SERVES_PAGES in os.environ
    )
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["phaseout.accounts.sign_in.OfficeBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workbench"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_FORMS = {
    "login": "phaseout.accounts.forms.OfficeLogin",
    "change_password": "phaseout.accounts.forms.OfficePassword",
    "reauthenticate": "phaseout.accounts.factor_forms.PasswordAgain",
}
ACCOUNT_ADAPTER = "phaseout.accounts.sign_in.OfficeAdapter"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/sign-in/"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True  # for SESSION_COOKIE_AGE, not until the browser closes
# The key is name and address (accounts.sign_in): nobody is locked out by guesses made elsewhere.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,30/5m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = whole_number("PHASEOUT_PROXIES", default=0 if DEMO else 1)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "phaseout.accounts.passwords.UnlikeTheName"},
    {
        "NAME": "phaseout.accounts.passwords.LongEnough",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "phaseout.accounts.passwords.NotCommon"},
    {"NAME": "phaseout.accounts.passwords.NotDigitsOnly"},
]
# The table is made by a migration; only allauth's counts of wrong passwords are in it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_counts",
    }
}
SESSION_COOKIE_AGE = 8 * 3600  # from the sign-in on: accounts.sessions
SESSION_IDLE_MINUTES = whole_number("PHASEOUT_SESSION_IDLE", default=480 if DEMO else 60)
SESSIONS_A_PERSON = whole_number(
    "PHASEOUT_SESSIONS", default=0 if DEMO else 3
)  # 0: as many as wanted

MFA_ADAPTER = "phaseout.accounts.second_factor.OfficeMfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = env.str("PHASEOUT_NAME", default="产能退出")
MFA_TOTP_TOLERANCE = 1  # half a minute early or late
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO  # http://localhost
MFA_FORMS = {
    "authenticate": "phaseout.accounts.factor_forms.Code",
    "reauthenticate": "phaseout.accounts.factor_forms.CodeAgain",
    "activate_totp": "phaseout.accounts.factor_forms.FirstCode",
    "add_webauthn": "phaseout.accounts.factor_forms.NewKey",
    "edit_webauthn": "phaseout.accounts.factor_forms.KeyName",
    "authenticate_webauthn": "phaseout.accounts.factor_forms.KeyAtSignIn",
}
# Roles that must have a second factor; the others may.
SECOND_FACTOR_ROLES = env.list(
    "PHASEOUT_SECOND_FACTOR", default=[] if DEMO else ["administrator", "leader"]
)

# A government provider of identities, if there is one; nobody makes an account by it.
SOCIALACCOUNT_ADAPTER = "phaseout.accounts.government.GovernmentAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True
IDENTITY_PROVIDER = identity_provider()
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": IDENTITY_PROVIDER}}
CSRF_FAILURE_VIEW = "phaseout.pages.failing.csrf"
SESSION_COOKIE_SAMESITE = "Lax"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
# ECharts and its licence, kept once: {% static "vendor/echarts.min.js" %}
STATICFILES_DIRS = [("vendor", Path(__file__).parents[1] / "reporting" / "vendor")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FILES = 60

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOG_LEVEL = env.str("PHASEOUT_LOG_LEVEL", default="info").upper()
LOG_FORM = env.str("PHASEOUT_LOG_FORM", default="auto")
LOGGING = logging_settings(LOG_FORM, LOG_LEVEL)
configure_structlog()
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = 10  # debug: one line a request is enough

METRICS_TOKEN = env.str("PHASEOUT_METRICS_TOKEN", default="")
NOTICE_MAIL = env.str("PHASEOUT_NOTICE_MAIL", default="")
NOTICE_CHATS = env.list("PHASEOUT_NOTICE_CHATS", default=[])
# The site as people open it, for links in messages: the first origin unless another is said.
SITE_ADDRESS = env.str("PHASEOUT_ADDRESS", default=next(iter(CSRF_TRUSTED_ORIGINS), ""))
API_REQUESTS_A_MINUTE = whole_number("PHASEOUT_API_RATE", default=600)
PUBLIC_REQUESTS_A_MINUTE = whole_number(
    "PHASEOUT_PUBLIC_RATE", default=240
)  # an address; 0: no limit
PUBLIC_KEPT_MB = whole_number(
    "PHASEOUT_PUBLIC_KEPT_MB", default=64
)  # a process; 0: nothing is kept

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
    SECURE_SSL_REDIRECT = yes_or_no("PHASEOUT_TLS", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
