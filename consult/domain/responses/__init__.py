"""An organisation's work on an answer to another's round, from the invitation to the reply."""
