"""Files of the grid company: taken whole or not at all, never doubled, what is wrong named."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta

import pytest

from phaseout.exits.restart.judging import load_of
from phaseout.exits.restart.models import Batch, Meter, Reading
from phaseout.exits.restart.readings import receive, take
from phaseout.law.refusals import Refusal

HEAD = "电表编号,时间,电量（kWh）\n"


def rows(*cells: str) -> bytes:
    return (HEAD + "".join(f"DB001,{cell}\n" for cell in cells)).encode()


@pytest.fixture
def metered(watch):
    watch.meter()
    return watch


def read(watch) -> list[tuple[str, int, float]]:
    found = Reading.objects.order_by("starts", "edition")
    return [(f"{one.starts:%d %H:%M}", one.minutes, one.kwh) for one in found]


def test_hours_and_quarters_are_told_apart_day_by_day(metered):
    day = [f"2018-03-01 {hour:02}:00,8" for hour in range(24)]
    quarters = [f"2018-03-02 00:{minute:02},2" for minute in (0, 15, 30, 45)]
    batch = metered.bring(rows(*day, *quarters))
    assert batch.state == "taken"
    assert [minutes for _, minutes, _ in read(metered)] == [60] * 24 + [15] * 4
    load, read_to = load_of(Meter.objects.all(), date(2018, 2, 1))
    assert read_to == date(2018, 3, 2)
    assert set(load.on(date(2018, 3, 1))) == {8.0}
    assert load.on(date(2018, 3, 2))[:5] == [8.0, 8.0, 8.0, 8.0, None]


def test_times_that_are_ends_belong_to_the_step_before(metered):
    cells = ["2018-03-01 01:00,5", "2018/3/1 2:00,6", "2018年3月1日24:00,7"]
    metered.bring(rows(*cells), times="end")
    assert read(metered) == [("01 00:00", 60, 5), ("01 01:00", 60, 6), ("01 23:00", 60, 7)]


def test_a_file_in_gb18030_with_a_title_above_its_head(metered):
    text = "石嘴山供电公司负荷曲线,,\n表号,数据时间,用电量\nDB001,2018-03-01 00:00,1.5\n"
    assert metered.bring(text.encode("gb18030")).state == "taken"
    assert read(metered) == [("01 00:00", 60, 1.5)]


def test_a_workbook_whose_sheet_has_any_name(metered):
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "三月"
    sheet.append(["电表编号", "时间", "电量"])
    for minute in (0, 15, 30):
        sheet.append(["DB001", datetime(2018, 3, 1, 8, minute), 2.5])  # noqa: DTZ001
    out = io.BytesIO()
    book.save(out)
    assert metered.bring(out.getvalue(), "三月.xlsx").state == "taken"
    assert [minutes for _, minutes, _ in read(metered)] == [15, 15, 15]


def test_register_readings_become_energy_and_a_change_of_the_meter_is_a_gap(metered):
    metered.meter("DB002", multiplier=40)
    text = "电表编号,时间,正向有功示值\n" + "".join(
        f"DB002,2018-03-01 {hour:02}:00,{value}\n"
        for hour, value in enumerate([100, 100.5, 101.5, 0.2, 0.7])
    )
    batch = metered.bring(text.encode())
    assert [kwh for _, _, kwh in read(metered)] == [20, 40, 20]
    assert [(p["row"], p["code"], p["severity"]) for p in batch.problems] == [
        (5, "register_went_back", "notice")
    ]


def test_the_same_file_again_doubles_nothing(metered):
    data = rows("2018-03-01 00:00,1", "2018-03-01 01:00,2")
    assert metered.bring(data).counts["taken"] == 2
    again = metered.bring(data)
    assert (again.state, again.counts["taken"], again.counts["known"]) == ("taken", 0, 2)
    assert len(read(metered)) == 2


def test_the_same_hour_twice_is_left_out_if_it_says_the_same(metered):
    batch = metered.bring(rows("2018-03-01 00:00,1", "2018-03-01 00:00,1", "2018-03-01 01:00,"))
    assert batch.counts["again"] == 1
    assert batch.counts["empty"] == 1
    assert read(metered) == [("01 00:00", 60, 1)]


@pytest.mark.parametrize(
    ("cells", "row", "column", "value", "code"),
    [
        (["2018-03-01 00:00,-1"], 2, "kwh", "-1.0", "negative"),
        (["2018-03-01 00:00,一度"], 2, "kwh", "一度", "not_a_number"),
        (["2018-03-01 00:00,1", "2018-13-01 00:00,1"], 3, "time", "2018-13-01 00:00", "not_a_time"),
        (["2018-03-01 00:07,1"], 2, "time", "2018-03-01 00:07:00", "off_the_quarter"),
        (["2099-03-01 00:00,1"], 2, "time", "2099-03-01 00:00:00", "in_the_future"),
        (["2016-12-31 23:00,1"], 2, "meter", "DB001", "unknown_meter"),
        (
            ["2018-03-01 00:00,1", "2018-03-01 00:00,2"],
            2,
            "time",
            "2018-03-01 00:00:00",
            "conflicting_rows",
        ),
    ],
)
def test_one_bad_row_keeps_the_whole_file_out_and_is_named(
    metered, cells, row, column, value, code
):
    batch = metered.bring(rows("2018-03-05 00:00,9", *cells))
    assert batch.state == "refused"
    assert not Reading.objects.exists()
    first = batch.problems[0]
    assert (first["file"], first["row"], first["column"], first["value"], first["code"]) == (
        "readings.csv",
        row + 1,
        column,
        value,
        code,
    )
    assert first["expected_zh"] and first["expected_en"]
    assert batch.refusal["refused"] == "restart.rows-refused"


def test_another_value_for_an_hour_taken_before_is_refused_unless_it_corrects(metered):
    metered.bring(rows("2018-03-01 00:00,1", "2018-03-01 01:00,1"))
    other = rows("2018-03-01 00:00,1", "2018-03-01 01:00,3")
    refused = metered.bring(other)
    assert refused.refusal["refused"] == "restart.differs"
    assert (refused.problems[0]["row"], refused.problems[0]["head"]) == (3, "电量（kWh）")
    corrected = metered.bring(other, corrects=True)
    assert corrected.counts["corrected"] == 1
    assert read(metered) == [("01 00:00", 60, 1), ("01 01:00", 60, 1), ("01 01:00", 60, 3)]
    load, _ = load_of(Meter.objects.all(), date(2018, 2, 1))
    assert load.on(date(2018, 3, 1))[:8] == [1.0] * 4 + [3.0] * 4


def test_a_file_without_energies_is_refused_and_kept(metered):
    batch = metered.bring("电表编号,时间,电压\nDB001,2018-03-01 00:00,220\n".encode())
    assert batch.refusal["refused"] == "missing_column"
    assert batch.evidence.path.exists()


def test_no_meter_of_another_city_is_read(metered):
    other = metered.desk.person("cities", division="640200")
    batch = metered.bring(rows("2018-03-01 00:00,1"), by=other)
    assert batch.problems[0]["code"] == "unknown_meter"


def test_a_batch_that_was_taken_is_not_taken_again(metered):
    batch = metered.bring(rows("2018-03-01 00:00,1"))
    assert take(batch.pk).counts == batch.counts
    assert Reading.objects.count() == 1


def test_the_same_sending_twice_is_one_batch(metered):
    ways = metered.ways()
    sent = [receive([rows("2018-03-01 00:00,1")], name="a.csv", times="start", **ways)
            for _ in range(2)]  # fmt: skip
    assert sent[0].pk == sent[1].pk
    assert Batch.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [("a.pdf", b"x", "restart.file-kind"), ("a.csv", b"", "restart.file-empty")],
)
def test_what_is_no_file_of_readings_is_refused_at_the_door(metered, name, data, code):
    with pytest.raises(Refusal) as refused:
        metered.bring(data, name)
    assert refused.value.code == code


def test_who_may_not_bring_facts_brings_no_readings(metered):
    leader = metered.desk.person(role="leader")
    with pytest.raises(Refusal) as refused:
        metered.bring(rows("2018-03-01 00:00,1"), by=leader)
    assert refused.value.code == "restart.not-yours"


def test_readings_up_to_the_end_of_today_and_no_later(metered):
    tomorrow = metered.today + timedelta(days=1)
    assert metered.bring(rows(f"{tomorrow} 00:00,1"), times="end").state == "taken"
    assert metered.bring(rows(f"{tomorrow} 01:00,1"), times="end").state == "refused"
