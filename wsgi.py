"""The entry point of a WSGI server: ``gunicorn wsgi:app``."""

import gc

gc.disable()  # until everything is imported: collecting among it took half of the start

from consult import create_app  # noqa: E402

app = create_app()
gc.freeze()  # 200,000 objects that stay; collecting among them would hold requests up by 0.1 s
gc.enable()
