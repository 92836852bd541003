"""All tables together, whichever module declares them: for migrating and copying."""

from store import inspection_schema, schema, setup_schema

# Each module adds its tables to the one collection as it is loaded.
metadata = schema.metadata
assert inspection_schema.findings.metadata is setup_schema.channels.metadata is metadata
