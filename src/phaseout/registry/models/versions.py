"""Every version of every fact: a table for each of `facts.tables`, column for column.

A version stands from the day it was known (`known_on`) until the day it was replaced; the import
that brought it and the one that replaced it are named. Content never changes: the database refuses
it (migration 0002). Of the versions of one key one at most stands.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.db.models import F, Q

from phaseout.registry.models.beijing_time import BeijingTimeField
from phaseout.registry.models.imports import Import

KEYS: Mapping[str, tuple[str, ...]] = {
    "enterprises": ("uscc",),
    "lines": ("line_id",),
    "equipment": (
        "equipment_id",
        "line_id",
        "attribute",
    ),
    "energy": ("fact_id",),
    "energy_inputs": ("fact_id",),
    "outputs": ("fact_id",),
    "outlets": ("outlet_id",),
    "permitted": (
        "outlet_id",
        "pollutant_code",
    ),
    "conditions": (
        "owner_kind",
        "owner_id",
        "key",
    ),
    "monitoring": (
        "outlet_id",
        "pollutant_code",
        "time",
        "averaging",
        "manual",
    ),
    "allowances": (
        "uscc",
        "pollutant_code",
        "year",
        "kind",
    ),
    "tests": (
        "sample_id",
        "characteristic",
    ),
    "hazards": ("hazard_id",),
    "permits": (
        "uscc",
        "kind",
        "number",
        "valid_from",
    ),
}
"""Fact table → what tells its rows apart; `fact_id` stands for the key of `facts.laying`."""

STANDS = Q(replaced_by=None)


class Version(models.Model):
    """What all versions have."""

    # Imports are never deleted, and a check row by row would cost more than the import itself.
    taken_by = models.ForeignKey(
        Import, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    known_on = models.DateField()
    replaced_by = models.ForeignKey(
        Import, models.PROTECT, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    replaced_on = models.DateField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        key = KEYS[self._meta.db_table.removeprefix("fact_")]
        return " ".join(str(getattr(self, name)) for name in key)


def _rules(table: str) -> list[models.BaseConstraint]:
    """What the database itself holds: one standing version of a key; replaced means on a day."""
    return [
        models.UniqueConstraint(
            fields=KEYS[table],
            condition=STANDS,
            nulls_distinct=False,
            name=f"fact_{table}_stands_once",
        ),
        models.CheckConstraint(
            name=f"fact_{table}_replaced_on_a_day",
            condition=Q(replaced_by=None, replaced_on=None)
            | Q(replaced_by__isnull=False, replaced_on__gte=F("known_on")),
        ),
    ]


class EnterpriseVersion(Version):
    """企业: what was said of an enterprise."""

    uscc = models.TextField()
    name = models.TextField()
    division_code = models.TextField()
    industry = models.TextField()
    employees = models.IntegerField(null=True)
    address = models.TextField(null=True)

    class Meta:
        db_table = "fact_enterprises"
        constraints = _rules("enterprises")
        indexes = [models.Index(fields=["uscc"], name="fact_enterprises_by_uscc")]


class LineVersion(Version):
    """生产线: what was said of a line."""

    line_id = models.TextField()
    uscc = models.TextField()
    name = models.TextField()
    industry = models.TextField()
    division_code = models.TextField()
    product = models.TextField(null=True)
    capacity = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    capacity_unit = models.TextField(null=True)
    commissioned_on = models.DateField(null=True)
    approved_on = models.DateField(null=True)
    status = models.TextField(null=True)

    class Meta:
        db_table = "fact_lines"
        constraints = _rules("lines")
        indexes = [
            models.Index(fields=["line_id"], name="fact_lines_by_line_id"),
            models.Index(fields=["uscc"], name="fact_lines_by_uscc"),
        ]


class EquipmentVersion(Version):
    """主体设备: one row an attribute."""

    equipment_id = models.TextField()
    line_id = models.TextField()
    type = models.TextField()
    attribute = models.TextField()
    value = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    unit = models.TextField(null=True)
    status = models.TextField(null=True)

    class Meta:
        db_table = "fact_equipment"
        constraints = _rules("equipment")
        indexes = [models.Index(fields=["line_id"], name="fact_equipment_by_line_id")]


class EnergyVersion(Version):
    """单位产品能耗 as reported, by period."""

    fact_id = models.TextField()
    line_id = models.TextField()
    product = models.TextField()
    process = models.TextField(null=True)
    indicator = models.TextField()
    period_start = models.DateField()
    period_end = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=6)
    unit = models.TextField()
    conditions = models.TextField(null=True)

    class Meta:
        db_table = "fact_energy"
        constraints = _rules("energy")
        indexes = [models.Index(fields=["line_id"], name="fact_energy_by_line_id")]


class EnergyInputVersion(Version):
    """能源消耗 behind a unit consumption."""

    fact_id = models.TextField()
    line_id = models.TextField()
    product = models.TextField()
    indicator = models.TextField()
    period_start = models.DateField()
    period_end = models.DateField()
    energy = models.TextField()
    quantity = models.DecimalField(max_digits=18, decimal_places=6)
    unit = models.TextField()
    kgce_per_unit = models.DecimalField(max_digits=18, decimal_places=6, null=True)

    class Meta:
        db_table = "fact_energy_inputs"
        constraints = _rules("energy_inputs")
        indexes = [models.Index(fields=["line_id"], name="fact_energy_inputs_by_line_id")]


class OutputVersion(Version):
    """产量, by period."""

    fact_id = models.TextField()
    line_id = models.TextField()
    product = models.TextField()
    period_start = models.DateField()
    period_end = models.DateField()
    quantity = models.DecimalField(max_digits=18, decimal_places=6)
    unit = models.TextField()

    class Meta:
        db_table = "fact_outputs"
        constraints = _rules("outputs")
        indexes = [models.Index(fields=["line_id"], name="fact_outputs_by_line_id")]


class OutletVersion(Version):
    """排放口 of a line."""

    outlet_id = models.TextField()
    line_id = models.TextField()
    medium = models.TextField()
    source = models.TextField()
    limit_kind = models.TextField(null=True)
    standard = models.TextField(null=True)
    conditions = models.TextField(null=True)

    class Meta:
        db_table = "fact_outlets"
        constraints = _rules("outlets")
        indexes = [models.Index(fields=["line_id"], name="fact_outlets_by_line_id")]


class PermittedVersion(Version):
    """A permitted concentration of an outlet; follows the outlet's row."""

    outlet_id = models.TextField()
    pollutant_code = models.TextField()
    value = models.DecimalField(max_digits=18, decimal_places=6)
    unit = models.TextField()

    class Meta:
        db_table = "fact_permitted"
        constraints = _rules("permitted")
        indexes = [models.Index(fields=["outlet_id"], name="fact_permitted_by_outlet_id")]


class ConditionVersion(Version):
    """A condition that an outlet or an energy value states; follows that row."""

    owner_kind = models.TextField()
    owner_id = models.TextField()
    key = models.TextField()
    text = models.TextField()
    number = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    day = models.DateField(null=True)

    class Meta:
        db_table = "fact_conditions"
        constraints = _rules("conditions")


class MonitoringVersion(Version):
    """A reading. The table is partitioned by month of its time (0002_versions)."""

    outlet_id = models.TextField()
    pollutant_code = models.TextField()
    time = BeijingTimeField()
    averaging = models.TextField(null=True)
    value = models.FloatField()
    unit = models.TextField(null=True)
    flag = models.TextField(null=True)
    o2 = models.FloatField(null=True)
    flow = models.FloatField(null=True)
    manual = models.BooleanField(null=True)

    class Meta:
        db_table = "fact_monitoring"
        constraints = _rules("monitoring")


class AllowanceVersion(Version):
    """总量控制指标 of a year."""

    uscc = models.TextField()
    pollutant_code = models.TextField()
    year = models.IntegerField()
    tonnes = models.DecimalField(max_digits=18, decimal_places=6)
    kind = models.TextField(null=True)

    class Meta:
        db_table = "fact_allowances"
        constraints = _rules("allowances")
        indexes = [models.Index(fields=["uscc"], name="fact_allowances_by_uscc")]


class SampleVersion(Version):
    """A characteristic of a sample of a product."""

    sample_id = models.TextField()
    line_id = models.TextField()
    product = models.TextField()
    characteristic = models.TextField()
    value = models.DecimalField(max_digits=18, decimal_places=6)
    unit = models.TextField(null=True)
    sampled_on = models.DateField()
    retest_of = models.TextField(null=True)
    uncertainty = models.DecimalField(max_digits=18, decimal_places=6, null=True)

    class Meta:
        db_table = "fact_tests"
        constraints = _rules("tests")
        indexes = [models.Index(fields=["line_id"], name="fact_tests_by_line_id")]


class HazardVersion(Version):
    """重大隐患 that somebody found."""

    hazard_id = models.TextField()
    line_id = models.TextField()
    source_id = models.TextField()
    clause = models.TextField()
    found_on = models.DateField()
    note = models.TextField(null=True)

    class Meta:
        db_table = "fact_hazards"
        constraints = _rules("hazards")
        indexes = [models.Index(fields=["line_id"], name="fact_hazards_by_line_id")]


class PermitVersion(Version):
    """A permit of an enterprise."""

    uscc = models.TextField()
    kind = models.TextField()
    number = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "fact_permits"
        constraints = _rules("permits")
        indexes = [models.Index(fields=["uscc"], name="fact_permits_by_uscc")]


VERSIONS: Mapping[str, type[Version]] = {
    "enterprises": EnterpriseVersion,
    "lines": LineVersion,
    "equipment": EquipmentVersion,
    "energy": EnergyVersion,
    "energy_inputs": EnergyInputVersion,
    "outputs": OutputVersion,
    "outlets": OutletVersion,
    "permitted": PermittedVersion,
    "conditions": ConditionVersion,
    "monitoring": MonitoringVersion,
    "allowances": AllowanceVersion,
    "tests": SampleVersion,
    "hazards": HazardVersion,
    "permits": PermitVersion,
}
"""Fact table → the model of its versions, in the order in which they are written."""
