"""gettext files in and out, merging, and appeals as files; no web framework, no database."""
