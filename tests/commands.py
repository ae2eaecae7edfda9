"""Commands, as an operator types them."""

from click.testing import CliRunner

from advocacy.cli import command


def run(*words: str) -> str:
    done = CliRunner().invoke(command, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def rejected(*words: str) -> str:
    """What a command that is refused says."""
    done = CliRunner().invoke(command, words)
    assert done.exit_code != 0
    return done.output
