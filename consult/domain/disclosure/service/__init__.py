"""Writing: reviewing, refusing, setting floods aside."""
