"""Mail: an outbox row in the same transaction as what it tells about; a worker sends it."""
