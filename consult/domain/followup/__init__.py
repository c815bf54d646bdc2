"""What becomes of a report: its proposals as measures, answered, carried out, told of."""
