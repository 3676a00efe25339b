from django.urls import path, register_converter

from phaseout.casework.findings import (
    comparison,
    enterprise,
    exports,
    inbox,
    page,
    runs,
    saved,
)


class ExportForm:
    """The two forms in which findings leave."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ExportForm, "form")

urlpatterns = [
    path("findings/", inbox.findings, name="findings"),
    path("findings/export.<form:form>", exports.export, name="findings-export"),
    path("findings/runs/", runs.runs, name="runs"),
    path("findings/filters/", saved.keep, name="findings-keep"),
    path("findings/filters/<int:pk>/drop/", saved.drop, name="findings-drop"),
    path("findings/industries/<slug:industry>/", comparison.comparison, name="comparison"),
    path("findings/<slug:finding_id>/", page.finding, name="finding"),
    path(
        "findings/<slug:finding_id>/measurements/", page.measurements, name="finding-measurements"
    ),
    path(
        "findings/<slug:finding_id>/measurements.csv",
        page.measurements_csv,
        name="finding-measurements-csv",
    ),
    path("enterprises/<slug:uscc>/", enterprise.enterprise, name="enterprise"),
]
