"""Doing the calculation that a form is asked for, as a robot would."""

import base64
import json

import altcha


def solved(challenge: str) -> str:
    """The answer to a challenge (JSON), as the page's script sends it."""
    content = json.loads(challenge)
    solution = altcha.solve_challenge(altcha.Challenge.from_dict(content))
    assert solution is not None
    answer = {"challenge": content, "solution": solution.to_dict()}
    return base64.b64encode(json.dumps(answer).encode()).decode()
