"""What every face needs of HTTP."""
