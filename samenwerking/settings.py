"""Reads all settings from the environment or from .env; what is unsafe works under DEBUG only."""

import os
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from assessments.rules.keeping import Term, terms_of
from assessments.rules.minimum import DEFAULT_MINIMUM, LEAST_MINIMUM, MOST_MINIMUM
from samenwerking import logs
from samenwerking.accounts.sso.configured import providers_from
from samenwerking.loopback import is_loopback

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
# `make setup` makes .env, for a developer's machine; the environment wins. Where the environment says that the site has
# an address elsewhere, nothing of that file counts: neither its DEBUG nor its secrets.
if is_loopback(urlsplit(env.str("BASE_URL", default="http://localhost")).hostname):
    env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)


def secret(name: str) -> str:
    """Returns a secret of at least 50 characters from the environment; under DEBUG a fixed one will do.

    Raises ImproperlyConfigured where it is shorter, or could not stand in a list of former values.
    """
    value = env.str(name, default="")
    if not value and DEBUG:
        return f"for-development-only-{name.lower()}"
    if "," in value or value != value.strip():
        raise ImproperlyConfigured(f"{name} has a comma, or a blank at an end: it could not stand in {name}_FALLBACKS.")
    if len(value) < 50:
        raise ImproperlyConfigured(
            f"{name} is missing or shorter than 50 characters. Set it in the environment,"
            " for example to the output of `openssl rand -hex 32`."
            " `make setup` writes an .env for development, which is not read where BASE_URL is set to another machine."
        )
    return value


def former_secrets(name: str) -> list[str]:
    """Returns the former values of a secret, which stand in the environment with commas between them.

    Raises ImproperlyConfigured where one has fewer than 32 characters.
    """
    values = [value.strip() for value in env.list(name, default=[])]
    if any(len(value) < 32 for value in values):
        raise ImproperlyConfigured(f"{name} has a value that is shorter than 32 characters. Put commas between values.")
    return values


def minimum_group_size(value: str) -> int:
    """Returns the number that `value` says; anything but a whole number from 3 up means 5.

    Raises ImproperlyConfigured where it is more than MOST_MINIMUM.
    """
    digits = value.strip()
    if not re.fullmatch("[0-9]+", digits):
        return DEFAULT_MINIMUM
    if len(digits.lstrip("0")) > len(str(MOST_MINIMUM)) or int(digits) > MOST_MINIMUM:
        raise ImproperlyConfigured(f"MINIMUM_GROUP_SIZE is more than {MOST_MINIMUM}: no group could be shown.")
    return int(digits) if int(digits) >= LEAST_MINIMUM else DEFAULT_MINIMUM


def retention(value: str) -> dict[str, Term]:
    """Returns how long things are kept, as RETENTION says. Raises ImproperlyConfigured where it can't be read."""
    try:
        return terms_of(value)
    except ValueError as fault:
        raise ImproperlyConfigured(f"RETENTION: {fault}") from None


def cache_at(address: str) -> dict[str, Any]:
    """Returns Django's settings of a cache; a Redis is one that may be away.

    Raises ImproperlyConfigured for one that what is installed can't speak with.
    """
    found = env.cache_url_config(address)
    if address.startswith(("redis://", "rediss://", "rediscache://")):
        return found | {"BACKEND": "samenwerking.cache.SharedCache"}
    if not address.startswith(("locmemcache://", "filecache://", "dbcache://")):
        raise ImproperlyConfigured("CACHE_URL must be a Redis: redis://HOST:6379/0, or rediss:// for one with TLS.")
    return found


# --- Secrets: sessions, personal links and response keys each have their own.
SECRET_KEY = secret("SECRET_KEY")
LINK_SECRET = secret("LINK_SECRET")
RESPONSE_SECRET = secret("RESPONSE_SECRET")
# Former values, to go on reading with. The first are needed until no round of before the change is open, whose people
# are known by a signed cookie, and until invitations of before it are over (PASSWORD_RESET_TIMEOUT); and to restore
# backups of before it. The second are needed as long as mailed links must lead somewhere, the third until every round
# that was opened under them is closed.
SECRET_KEY_FALLBACKS = former_secrets("SECRET_KEY_FALLBACKS")
LINK_SECRET_FALLBACKS = former_secrets("LINK_SECRET_FALLBACKS")
RESPONSE_SECRET_FALLBACKS = former_secrets("RESPONSE_SECRET_FALLBACKS")
if len({SECRET_KEY, LINK_SECRET, RESPONSE_SECRET}) < 3:
    raise ImproperlyConfigured("SECRET_KEY, LINK_SECRET and RESPONSE_SECRET must differ.")

# --- Where it is served. BASE_URL also stands in mail, PDFs and printed links.
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]  # as Django knows hosts
BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000" if DEBUG else "").rstrip("/")
HTTPS = BASE_URL.startswith("https://")
if not HTTPS and not is_loopback(urlsplit(BASE_URL).hostname):
    raise ImproperlyConfigured(
        "BASE_URL must be the address that users see, such as https://samenwerking.example.nl;"
        " http:// is for this machine only."
    )
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[urlsplit(BASE_URL).hostname] if HTTPS else LOOPBACK)
if DEBUG and not all(is_loopback(host) for host in [urlsplit(BASE_URL).hostname, *ALLOWED_HOSTS]):
    raise ImproperlyConfigured(
        "DEBUG shows the insides of the site, so it is for this machine only. Set DEBUG=off,"
        " or a BASE_URL such as http://127.0.0.1:8000 and no other host in ALLOWED_HOSTS."
    )
ROOT_URLCONF = "samenwerking.urls"
WSGI_APPLICATION = "samenwerking.wsgi.application"

# --- This product's own choices.
MINIMUM_GROUP_SIZE = minimum_group_size(env.str("MINIMUM_GROUP_SIZE", default=""))
RETENTION = retention(env.str("RETENTION", default=""))  # docs/retention.md
ACCESSIBILITY_STATEMENT_URL = env.str("ACCESSIBILITY_STATEMENT_URL", default="")
SUPPORT_CONTACT = env.str("SUPPORT_CONTACT", default="")  # an address or https:, for whoever runs networks
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")  # mailto: or https:, for security.txt
ORGANISATION_NAME = env.str("ORGANISATION_NAME", default="")
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")  # whoever shows it may read figures of the installation
if METRICS_TOKEN and len(METRICS_TOKEN) < 32:
    raise ImproperlyConfigured("METRICS_TOKEN is shorter than 32 characters. Take one from `openssl rand -hex 32`.")
THEME_CLASS = env.str("THEME_CLASS", default="")
THEME_DIR = env.str("THEME_DIR", default="")  # a folder with theme.css and logo.svg or logo.png

INSTALLED_APPS = [
    "samenwerking.accounts",
    "samenwerking.operation",
    "samenwerking.workers",  # before django_tasks_db: its worker outlives the database
    "assessments",
    "factors",
    "samenwerking.apps.BeheerConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "samenwerking.development",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "auditlog",
    "crispy_forms",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "samenwerking.api.apart",  # around all others: what any of them refuses is an answer of the API too
    "samenwerking.middleware.probes_by_any_name",
    "samenwerking.middleware.without_lost_connections",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "samenwerking.middleware.content_security_policy",
    "samenwerking.middleware.only_utf8",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "samenwerking.middleware.nothing_kept_of_signed_in_pages",
    "samenwerking.accounts.sessions.ends_in_time",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "samenwerking.accounts.trouble.UnreadableSecondStepPage",
    "samenwerking.accounts.sso.again.SignInAgain",
    "samenwerking.middleware.audited",
    "assessments.views.trouble.Trouble",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samenwerking.theme.theme",
                "samenwerking.accounts.context.second_step",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_TEMPLATE_PACK = "nlds"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("nlds",)

# --- Database and jobs. SQLite is for the demo and for trying out; PostgreSQL for real use.
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Server and worker write at the same time: take the write lock when a transaction starts.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # secure_delete: what was erased is overwritten in the file too.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
    }
else:
    DATABASES["default"]["ENGINE"] = "samenwerking.backups.engine"  # opens nothing while a backup is put back
    DATABASES["default"] |= {"CONN_MAX_AGE": 60}  # without CONN_HEALTH_CHECKS: `without_lost_connections` takes less
    # Queries are prepared from the third time on: a page asks the same few, and planning costs more than running.
    # Options in DATABASE_URL win: a pooler between us and the database may want neither of these.
    # A server that does not answer at all is away after ten seconds, not after the minutes of the operating system.
    usual: dict[str, Any] = {"server_side_binding": True, "prepare_threshold": 3, "connect_timeout": 10}
    usual["application_name"] = f"samenwerking {Path(sys.argv[0]).name}"  # by which `doctor` counts who serves
    if pool := env.int("DATABASE_POOL", default=0):
        if pool < 2:
            raise ImproperlyConfigured("DATABASE_POOL is less than 2: the worker gives signs of life beside its work.")
        # A process keeps at most so many connections, which its threads lend. Each is tried before it is lent.
        usual["pool"] = {"min_size": 1, "max_size": pool, "timeout": 10}
        DATABASES["default"] |= {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}
    DATABASES["default"]["OPTIONS"] = usual | DATABASES["default"].get("OPTIONS", {})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TRIES = "tries to sign in"  # in the database, so that more processes give nobody more of them
CACHES = {
    "default": cache_at(env.str("CACHE_URL", default="") or "locmemcache://"),
    TRIES: {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_trycount",
        "KEY_FUNCTION": "samenwerking.accounts.tries.nameless",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
}
if CACHES["default"]["BACKEND"] == "django.core.cache.backends.locmem.LocMemCache":
    # Django keeps 300 entries and drops a third of them when full: in a busy round it would drop the counts by which
    # people are stopped who try too often.
    CACHES["default"]["OPTIONS"] = {"MAX_ENTRIES": 50_000} | CACHES["default"].get("OPTIONS", {})
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Accounts, by invitation; participants have none.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "samenwerking.accounts.passwords.SimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {
        "NAME": "samenwerking.accounts.passwords.LengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "samenwerking.accounts.passwords.DutchPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "overview"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "samenwerking.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "samenwerking.accounts.forms.LoginForm",
    "reset_password": "samenwerking.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "samenwerking.accounts.forms.ResetPasswordKeyForm",
}
# An invitation on the last day before the summer still opens after it; accounts/tokens.py has links to a forgotten
# password lapse after three days.
PASSWORD_RESET_TIMEOUT = 60 * 24 * 60 * 60
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "samenwerking.accounts.tokens.PasswordLinkKeys"  # noqa: S105 (a path)
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation goes to the address, so it is known
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_ADAPTER = "samenwerking.accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # on this machine only, see BASE_URL
MFA_FORMS = {
    "activate_totp": "samenwerking.accounts.forms.ActivateTOTPForm",
    "authenticate": "samenwerking.accounts.forms.AuthenticateForm",
    "reauthenticate": "samenwerking.accounts.forms.ReauthenticateForm",
    "add_webauthn": "samenwerking.accounts.passkeys.AddPasskeyForm",
    "edit_webauthn": "samenwerking.accounts.passkeys.RenamePasskeyForm",
    "authenticate_webauthn": "samenwerking.accounts.passkeys.AuthenticatePasskeyForm",
    "reauthenticate_webauthn": "samenwerking.accounts.passkeys.ReauthenticatePasskeyForm",
}
MFA_TOTP_TOLERANCE = 1  # a code may be half a minute early or late; each is used once
MFA_TOTP_ISSUER = "Samenwerking"
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Everybody who signs in sees addresses of participants or figures that are not public. The served demo turns this off.
STAFF_NEEDS_SECOND_STEP = env.bool("STAFF_NEEDS_SECOND_STEP", default=HTTPS or not DEBUG)
if HTTPS and not STAFF_NEEDS_SECOND_STEP:
    raise ImproperlyConfigured("STAFF_NEEDS_SECOND_STEP can be off on this machine only, not on https://.")
# Where staff also sign in, by OpenID Connect: docs/sign-in.md. What is wrong with one is told by `manage.py check`.
SSO_PROVIDERS = providers_from(os.environ)
SOCIALACCOUNT_ADAPTER = "samenwerking.accounts.sso.adapter.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # an address is nobody's identity, and the package would take passwords away
SOCIALACCOUNT_STORE_TOKENS = False
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

# --- What a browser may do with our pages.
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^gezond/"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
# Both also bind other sites of the gemeente, and are hard to undo: a choice, of which the check for real use is silent.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_INCLUDE_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=False)
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_ENGINE = "assessments.anonymity.sessions"
if HTTPS:  # a page of a neighbouring site, or without TLS, can't set a cookie with this name
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SESSION_COOKIE_AGE = 3600  # after an hour without a page asked for
LONGEST_SESSION = 12 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # they name addresses; a cookie can be read
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # data: is the QR code of an authenticator app
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: [] for feature in ["camera", "microphone", "geolocation", "payment", "usb", "browsing-topics"]
}

# --- The audit trail: what coördinators and beheerders do. Each app names its own models in
# its registration; answers and responses are never among them.
AUDITLOG_INCLUDE_TRACKING_MODELS = [
    {"model": "accounts.User", "exclude_fields": ["password", "last_login"]},
    "accounts.ClosedDomain",
    {"model": "accounts.ApiToken", "exclude_fields": ["name", "digest", "last_used_on"]},
]
AUDITLOG_DISABLE_REMOTE_ADDR = True  # a participant's request must leave no address behind

# --- Language, time, mail, logs.
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
LOCALE_PATHS = [BASE_DIR / "samenwerking" / "locale"]  # what packages have no Dutch for
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = USE_TZ = True
EMAIL_URL = env.str("EMAIL_URL", default="")
if HTTPS and not EMAIL_URL:
    raise ImproperlyConfigured(
        "EMAIL_URL is missing. Set it to the mail server, such as smtp+tls://name:password@mail.example.nl:587."
        " Without it mail, and the personal links in it, would be printed on the screen or in the log."
    )
mail = env.email_url_config(EMAIL_URL or "consolemail://")
EMAIL_BACKEND, EMAIL_FILE_PATH = mail["EMAIL_BACKEND"], mail["EMAIL_FILE_PATH"] or None
EMAIL_HOST, EMAIL_PORT = mail["EMAIL_HOST"] or "localhost", mail["EMAIL_PORT"] or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = mail["EMAIL_HOST_USER"] or "", mail["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = mail.get("EMAIL_USE_TLS", False), mail.get("EMAIL_USE_SSL", False)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="samenwerking@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# The server and the worker log on stdout; a command keeps stdout for what it was asked for.
LOGGING = logs.config(env.str("LOG_STREAM", default="stderr"), env.str("LOG_LEVEL", default="INFO"))

# --- Static files: our own, NL Design System as `npm run build` leaves it, a gemeente's theme.
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
STATICFILES_DIRS: list[Path | tuple[str, str]] = [BASE_DIR / "static", BASE_DIR / "build" / "npm"]
if THEME_DIR:
    STATICFILES_DIRS.append(("thema", THEME_DIR))
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "samenwerking.statics.HashedFiles"
    },
}
