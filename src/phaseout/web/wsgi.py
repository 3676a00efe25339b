"""What granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from phaseout.web.environment import SERVES_PAGES
from phaseout.web.serving.parent import follow_starter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phaseout.web.settings")
os.environ[SERVES_PAGES] = "1"  # before the settings are read
application = get_wsgi_application()
follow_starter()
