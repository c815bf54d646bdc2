"""Persons, how they sign in, and the actor that every other part takes."""
