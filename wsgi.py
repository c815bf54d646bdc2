"""The entry point of a WSGI server: ``gunicorn wsgi:app``."""

import gc

from consult import create_app

app = create_app()
gc.freeze()  # 200,000 objects that stay; collecting among them would hold requests up by 0.1 s
