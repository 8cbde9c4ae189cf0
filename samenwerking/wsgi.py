"""Holds the application that a server starts."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from samenwerking.loopback import only_this_machine
from samenwerking.middleware import readable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenwerking.settings")

application = readable(get_wsgi_application())
if settings.DEBUG:
    application = only_this_machine(application)
