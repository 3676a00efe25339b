"""The dashboards over a whole demonstration: the money of every measure. (Capacity, cases and
deadlines are walked in tests/coordination/dashboards.)"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from serving import script

WALK = f"""
import json, logging, sys
logging.disable(logging.CRITICAL)
sys.path.insert(0, {str(Path(__file__).parents[1])!r})
from django.test import Client
from figures_walk import disagreements
from phaseout.accounts.models import User
client = Client(HTTP_HOST="localhost")
client.force_login(User.objects.get(username="leader"))
print(json.dumps(disagreements(client, "/coordination/dashboard/money/")))
"""


def test_all_money_of_the_demonstration_is_what_its_lists_come_to(demonstration: Any) -> None:
    number, wrong = json.loads(script(demonstration.home, WALK))
    assert wrong == []
    assert number > 15
