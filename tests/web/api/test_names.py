"""The document of the API has one shape under one name, and says each operation in Chinese."""

from __future__ import annotations

import inspect
import pkgutil
from collections import Counter
from importlib import import_module

from ninja import Schema

from phaseout.web import api
from phaseout.web.api.document import SUMMARIES, TAGS
from phaseout.web.api.house import api as whole


def test_no_two_shapes_have_one_name() -> None:
    modules = [
        import_module(f"{api.__name__}.{m.name}") for m in pkgutil.iter_modules(api.__path__)
    ]
    shapes = {
        shape
        for module in modules
        for _, shape in inspect.getmembers(module, inspect.isclass)
        if issubclass(shape, Schema) and shape.__module__ == module.__name__
    }
    counted = Counter(shape.__name__ for shape in shapes)
    assert [name for name, many in counted.items() if many > 1] == []


def test_each_operation_has_a_chinese_summary_and_a_known_group() -> None:
    paths = whole.get_openapi_schema()["paths"].values()
    operations = [operation for methods in paths for operation in methods.values()]
    assert {one["operationId"] for one in operations} == set(SUMMARIES)
    assert {tag for one in operations for tag in one["tags"]} == set(TAGS)
