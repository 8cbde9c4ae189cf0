"""Holds the application that a server starts."""

import os

from django.core.wsgi import get_wsgi_application

from samenwerking.middleware import readable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenwerking.settings")

application = readable(get_wsgi_application())
