"""What all parts of a contract share: frozen, typed, and with a place that is never part of the meaning.

In: nothing. Out: `Node`, the base class of every contract model. It validates types only; a user's mistake
must have become a diagnostic before a model is built (a pydantic error reaching a user is a bug of ours).
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, ValidationInfo, model_validator
from pydantic_core import CoreSchema, core_schema

from sla2.diagnostics import Span


class Value(BaseModel):
    """A frozen value without a place (money, a duration)."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class _Place:
    """How a `Span` is validated: it is one already. Its own schema would be built anew for each of the models."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.is_instance_schema(Span)


class Node(BaseModel):
    """A part of a contract that remembers where it was written.

    `span` stays out of equality, of hashing and of exported JSON: two contracts that say the same are equal.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    span: Annotated[Span, _Place] = Field(exclude=True, repr=False)

    @model_validator(mode="before")
    @classmethod
    def _placed(cls, data: Any, info: ValidationInfo) -> Any:
        """An export has no places: whoever reads one gives a place for all parts as the context."""
        return {**data, "span": info.context} if isinstance(info.context, Span) and isinstance(data, dict) else data

    def _meaning(self) -> tuple[Any, ...]:
        return tuple(value for name, value in self.__dict__.items() if name != "span")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and isinstance(other, Node) and self._meaning() == other._meaning()

    def __hash__(self) -> int:
        return hash((type(self).__name__, self._meaning()))
