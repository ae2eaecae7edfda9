"""For any WSGI server: `gunicorn wsgi:app`, `granian --interface wsgi wsgi:app`."""

from advocacy import create_app

app = create_app()
