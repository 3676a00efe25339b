"""A file is read by who brought it, and by who may see a case or an import that names it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from phaseout.accounts.powers import Role
from phaseout.evidence.attaching import attach
from phaseout.evidence.models import EvidenceFile

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture
def case(desk):
    case = desk.open_(desk.finding(desk.line())).case
    return desk.walk(case, "order.file", "order.collect_evidence")


def get(client, person, file, page="evidence-file"):
    client.force_login(person)
    return client.get(reverse(page, args=[file.pk]))


def evidence_of(case):
    digest = case.acts.get(kind="order.collect_evidence").facts["evidence"][0]
    return EvidenceFile.objects.get(digest=digest)


def test_a_file_of_a_case_is_for_those_who_may_see_the_case(client, desk, case):
    file = evidence_of(case)
    allowed = [desk.person(role=Role.LEADER), desk.person("inspection", Role.AUDITOR)]
    refused = [
        desk.person("qts"),  # another dimension
        desk.person("cities", division="640200"),  # another city
        desk.person(role=Role.ENTERPRISE, uscc="91640200MA00000002", function=""),
        desk.person(role=Role.ENTERPRISE, uscc=case.enterprise_id, function=""),  # the office's own
    ]
    for page in ("evidence-file", "evidence-raw"):
        assert [get(client, person, file, page).status_code for person in allowed] == [200, 200]
        assert [get(client, person, file, page).status_code for person in refused] == [404] * 4


def test_nobody_signed_in_goes_to_the_sign_in_page(client, desk, case):
    answer = client.get(reverse("evidence-raw", args=[evidence_of(case).pk]))
    assert answer.status_code == 302


def test_a_file_nothing_names_is_for_who_brought_it(client, desk):
    file = attach(SimpleUploadedFile("照片.png", PNG), by=desk.person())
    assert get(client, desk.person(), file).status_code == 200
    assert get(client, desk.person(role=Role.LEADER), file).status_code == 404


def test_an_image_is_shown_and_never_run(client, desk):
    file = attach(SimpleUploadedFile("照片.png", PNG), by=desk.person())
    page = get(client, desk.person(), file).content.decode()
    assert reverse("evidence-raw", args=[file.pk]) in page
    raw = get(client, desk.person(), file, "evidence-raw")
    assert raw["Content-Type"] == "image/png"
    assert raw["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in raw["Content-Security-Policy"]
