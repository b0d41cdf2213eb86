"""The base of every noun: frozen, closed pydantic models."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A model that cannot change after it is made and takes no unknown field."""

    model_config = ConfigDict(frozen=True, extra="forbid")
