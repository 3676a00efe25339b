#!/usr/bin/env python
"""Django's own commands (`check --deploy`, `makemigrations`); the product's are `phaseout …`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phaseout.web.settings")
    execute_from_command_line(sys.argv)
