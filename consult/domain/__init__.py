"""The field: one package per area, high to low; an area imports only areas below it."""
