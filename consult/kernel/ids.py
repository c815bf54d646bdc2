"""Identifiers that may be shown: random, short, and silent about how many there are."""

import hashlib
import secrets

_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"  # no 0/o, 1/i/l: can be read aloud over the phone


def new_public_id(length: int = 12) -> str:
    """A random id for an address: 12 characters of a 30-letter alphabet, some 58 bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def new_token() -> str:
    """A secret for a link: 256 bits, URL-safe. Only its digest is ever stored."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    """What is stored of a secret: its SHA-256 in hexadecimal (a random secret needs no salt)."""
    return hashlib.sha256(token.encode()).hexdigest()


def content_digest(content: bytes) -> str:
    """SHA-256 of a file's bytes in hexadecimal: its name in the store and in the receipt."""
    return hashlib.sha256(content).hexdigest()
