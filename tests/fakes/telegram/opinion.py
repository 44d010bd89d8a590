"""A second opinion on requests, answers and updates: aiogram's models, an independent reading of Telegram's page."""

import inspect
import json
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tests.fakes.telegram.description import Faults, alone


class Opinion:
    """Aiogram's models of methods and types; importing them takes seconds, so it is done once and late."""

    def __init__(self) -> None:
        import aiogram.methods  # noqa: PLC0415 - three seconds
        import aiogram.types  # noqa: PLC0415

        found = [item for item in vars(aiogram.methods).values() if inspect.isclass(item)]
        named = {getattr(item, "__api_method__", None): item for item in found}
        self._methods: dict[str, Any] = {name: item for name, item in named.items() if isinstance(name, str)}
        self._results: dict[str, TypeAdapter[Any]] = {}
        self._update: Any = aiogram.types.Update

    @property
    def methods(self) -> Collection[str]:
        """Name the methods."""
        return self._methods

    def call(self, method: str, params: Mapping[str, Any], files: Collection[str] = ()) -> Faults:
        """Judge a call: `params` as they came over the wire, `files` by their names."""
        values = {name: _decoded(value) for name, value in params.items()}
        try:
            model = self._methods[method].model_validate({**values, **alone(params, files)})
        except ValidationError as error:  # an upload is no aiogram InputFile: that is no fault
            return [
                f"{method}.{'.'.join(map(str, fault['loc']))}: {fault['msg']}"
                for fault in error.errors()
                if fault["type"] != "is_instance_of"
            ]
        return [f"{method}.{name}: unknown" for name in model.model_extra or {}]  # the models let extras through

    def result(self, method: str, result: Any) -> Faults:
        """Judge what a method answers."""
        adapter = self._results.get(method)
        if adapter is None:
            adapter = self._results[method] = TypeAdapter(self._methods[method].__returning__)
        return _faults(adapter, method, result)

    def update(self, update: Mapping[str, Any]) -> Faults:
        """Judge an update."""
        try:
            model = self._update.model_validate(update)
        except ValidationError as error:
            return [f"Update.{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()]
        return [f"Update.{name}: unknown" for name in model.model_extra or {}]


@cache
def opinion() -> Opinion:
    """Give the models, imported once a process."""
    return Opinion()


def _faults(adapter: TypeAdapter[Any], method: str, result: Any) -> Faults:
    try:
        adapter.validate_python(result)
    except ValidationError as error:
        return [f"{method} answers {'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()]
    return []


def _decoded(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in {"[", "{"}:
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
