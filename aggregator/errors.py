"""What can go wrong in the aggregator.

    AggregatorError
    ├── RuleError        a rule that cannot be read: column, what is wrong, what was probably meant
    ├── UnknownSubject   a campaign, article, story or decision that is not there
    ├── Unusable         what a person typed cannot be used: what, and what would do
    ├── Conflict         two people changed the same thing; nothing was lost
    ├── StoreAway        the database does not answer (try again later)
    │   └── StoreDamaged the file is no database, or no whole one (take a backup)
    └── StoreTooNew      the database was written by a newer version of this software

Mistakes in settings and campaign files are `crawler.errors.ConfigError`, as in outlet files.
"""


class AggregatorError(Exception):
    """Everything the aggregator raises on purpose; the message is one line for a person."""


class RuleError(AggregatorError):
    """A rule that cannot be read."""

    def __init__(self, message: str, column: int) -> None:
        self.message = message
        self.column = column
        super().__init__(f"column {column}: {message}")


class UnknownSubject(AggregatorError):
    """Something was named that is not there."""


class Unusable(AggregatorError):
    """What a person typed cannot be used."""


class Conflict(AggregatorError):
    """Somebody else changed the same thing in between; nothing was lost."""


class StoreAway(AggregatorError):
    """The database does not answer."""


class StoreDamaged(StoreAway):
    """The database's file is no database, or no whole one: to wait does not help."""


class StoreTooNew(AggregatorError):
    """The database was written by a newer version of this software."""
