"""Supervision over HTTP: an office's system reads its figures and answers what is demanded."""

from __future__ import annotations

from uuid import uuid4

from api_machine import machine_of


def test_a_city_reads_its_figures_and_answers(supervising) -> None:
    supervising.cases(6, overdue=2)
    measure = supervising.signed()
    city, other = machine_of(supervising.city), machine_of(supervising.other_city)
    told = city.get("/coordination/supervision").said
    figures = {(one["target"], one["figure"]): one for one in told["figures"]}
    overdue = figures["city_640100", "overdue"]
    assert (told["first"], overdue["part"], overdue["of"], overdue["percent"]) == (
        "2018-01-01", 2, 6, "33.3",
    )  # fmt: skip
    assert ("city_640200", "overdue") not in figures
    (row,) = city.all("/coordination/supervision/measures")
    assert (row["id"], row["state"]) == (measure.pk, "open")
    assert other.all("/coordination/supervision/measures") == []
    demand = city.get(f"/coordination/supervision/measures/{measure.pk}").said["demands"][0]
    address = f"/coordination/supervision/demands/{demand['id']}/answer"
    key = {"Idempotency-Key": str(uuid4())}
    assert other.post(address, {"text": "已说明"}, **key).status_code == 404
    assert city.post(address, {"text": "已说明"}, **key).said["state"] == "answered"
    assert city.post(address, {"text": "已说明"}, **key).status_code == 201
    again = city.post(address, {"text": "再说明"}, **{"Idempotency-Key": str(uuid4())})
    assert (again.status_code, again.said["refused"]) == (409, "supervision.answered")
    assert city.get("/coordination/supervision", {"year": 1999}).status_code == 404
