"""The document of the API has one shape under one name."""

from __future__ import annotations

import inspect
import pkgutil
from collections import Counter
from importlib import import_module

from ninja import Schema

from phaseout.web import api


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
