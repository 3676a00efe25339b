"""What the registry keeps: what exists now, every version of every fact, what brought them."""

from phaseout.registry.models.capacity import CapacityEntry, CapacityPosting
from phaseout.registry.models.imports import Import, ImportFile, ImportProblem
from phaseout.registry.models.merging import Distinction, Merge
from phaseout.registry.models.present import Enterprise, ProductionLine, Site
from phaseout.registry.models.touched import Touched
from phaseout.registry.models.versions import (
    VERSIONS,
    AllowanceVersion,
    ConditionVersion,
    EnergyInputVersion,
    EnergyVersion,
    EnterpriseVersion,
    EquipmentVersion,
    HazardVersion,
    LineVersion,
    MonitoringVersion,
    OutletVersion,
    OutputVersion,
    PermittedVersion,
    PermitVersion,
    SampleVersion,
    Version,
)

__all__ = [
    "VERSIONS",
    "AllowanceVersion",
    "CapacityEntry",
    "CapacityPosting",
    "ConditionVersion",
    "Distinction",
    "EnergyInputVersion",
    "EnergyVersion",
    "Enterprise",
    "EnterpriseVersion",
    "EquipmentVersion",
    "HazardVersion",
    "Import",
    "ImportFile",
    "ImportProblem",
    "LineVersion",
    "Merge",
    "MonitoringVersion",
    "OutletVersion",
    "OutputVersion",
    "PermitVersion",
    "PermittedVersion",
    "ProductionLine",
    "SampleVersion",
    "Site",
    "Touched",
    "Version",
]
