"""What tests have counted, said at the end, also where pytest is quiet or runs them beside each other."""

import pytest

COUNTED = "counted"
"""The property that a test records it as: a sentence."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for report in terminalreporter.getreports("passed"):
        for name, sentence in report.user_properties:
            if name == COUNTED:
                terminalreporter.write_line(sentence)
