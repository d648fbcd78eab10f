"""Which keys may stand at a place of a file, by the model that it is read as."""

from collections.abc import Sequence
from typing import Any, get_args

from pydantic import BaseModel

Models = list[type[BaseModel]]


def keys_at(model: type[BaseModel], steps: Sequence[int | str]) -> list[str]:
    """The keys at the end of the steps from a file's model, as an error of pydantic names them.

    A model whose keys are not written where they are read says so by its own function written_at(steps, keys).
    """
    models: Models = [model]
    for step in steps:
        models = _after(models, step)
    keys = list(dict.fromkeys(field.alias or name for one in models for name, field in one.model_fields.items()))
    return list(getattr(model, "written_at", lambda _, keys: keys)(steps, keys))


def _after(models: Models, step: int | str) -> Models:
    """The models one step further: in a key's value; of one kind, where the step names it; else in an item."""
    fields = [(field.alias or name, field) for one in models for name, field in one.model_fields.items()]
    values = [field.annotation for key, field in fields if key == step]
    of_kind = [one for one in models if step in _kinds(one)]
    return [inner for value in values for inner in _models_in(value)] or of_kind or models


def _kinds(model: type[BaseModel]) -> tuple[Any, ...]:
    """The words by which a model is chosen among others: its measures, or its kind where it has none."""
    if "measure" in model.model_fields:
        return get_args(model.model_fields["measure"].annotation)
    return (getattr(model, "kind", None),)


def _models_in(annotation: Any) -> Models:
    """The models that a type is made of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models_in(part)]
