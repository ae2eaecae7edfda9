"""Plain truths of the trade: no web framework, no database, no clock, no chance."""
