"""A column that a file does not have leaves what is registered; an empty cell empties it."""

from __future__ import annotations

from django.urls import reverse

from phaseout.registry.models import (
    ConditionVersion,
    Enterprise,
    EnterpriseVersion,
    OutletVersion,
    PermittedVersion,
    ProductionLine,
)
from registry.given import USCC, all_right, csv_files, right


def without(table, *columns, **changed):
    return {name: cell for name, cell in right(table, **changed).items() if name not in columns}


def test_what_the_file_has_no_column_for_stays_and_the_preview_says_so(client, take_in, check_in):
    by = take_in(csv_files(all_right())).by
    rows = {
        "enterprises": [without("enterprises", "employees", "address", name="虚构建材有限公司")],
        "lines": [without("lines", "capacity", "capacity_unit", "product", name="二号线")],
    }
    brought = check_in(csv_files(rows))
    (told,) = brought.samples["enterprises"]["changed"]
    assert told["cells"] == {"name": ["虚构水泥有限公司", "虚构建材有限公司"]}
    assert brought.absent["enterprises"] == {
        "columns": ["employees", "address"], "rows": 1, "met": 1,
    }  # fmt: skip
    client.force_login(by)
    page = client.get(reverse("import", args=[brought.pk])).content.decode()
    assert "文件中没有的列：已登记的内容不变" in page
    assert "1 行中已登记的值保留" in page
    take_in(csv_files(rows))
    firm, line = Enterprise.objects.get(pk=USCC), ProductionLine.objects.get(pk="L1")
    assert (firm.name, firm.employees) == ("虚构建材有限公司", 120)
    assert (line.name, line.capacity, line.capacity_unit) == ("二号线", 60, "万t/a")
    assert EnterpriseVersion.objects.get(replaced_by=None).address == "虚构路1号"


def test_an_empty_cell_of_a_column_that_is_there_empties(take_in):
    take_in(csv_files(all_right()))
    brought = take_in(csv_files({"enterprises": [right("enterprises", employees="")]}))
    assert Enterprise.objects.get(pk=USCC).employees is None
    assert brought.samples["enterprises"]["changed"][0]["cells"] == {"employees": ["120", None]}
    assert "enterprises" not in brought.absent  # it has every column


def test_lists_stay_where_their_column_is_absent_and_end_where_it_is_empty(take_in):
    take_in(csv_files(all_right()))
    bare = without("outlets", "permitted_concentrations", standard="GB4915-2013")
    again = take_in(csv_files({"outlets": [bare]}))
    assert again.counts["outlets"]["changed"] == 1
    assert OutletVersion.objects.get(replaced_by=None).standard == "E-GB4915-2013"
    assert PermittedVersion.objects.filter(replaced_by=None).count() == 2
    take_in(csv_files({"energy": [without("energy", "conditions", value="93")]}))
    assert ConditionVersion.objects.filter(replaced_by=None).count() == 1
    take_in(csv_files({"outlets": [right("outlets", permitted_concentrations="")]}))
    assert not PermittedVersion.objects.filter(replaced_by=None).exists()
