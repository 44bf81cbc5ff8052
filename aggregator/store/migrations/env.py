"""What Alembic runs: the steps, on the connection and in the transaction that it was given."""

from alembic import context

from aggregator.store.migrations import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # Alembic thinks that SQLite cannot undo a CREATE TABLE; it can, when one begins the transaction oneself.
    transactional_ddl=True,
)
context.run_migrations()
