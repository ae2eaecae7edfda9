from datetime import UTC, datetime

import pytest

from advocacy.rules.batches import EmptySelectionError, Selection


def test_a_selection_of_everything_is_refused():
    with pytest.raises(EmptySelectionError, match="Say which signatures"):
        Selection()


@pytest.mark.parametrize(
    "bound",
    [
        {"since": datetime(2026, 11, 24, 9, tzinfo=UTC)},
        {"until": datetime(2026, 11, 24, 9, tzinfo=UTC)},
        {"language": "ko"},
        {"domain": b"x"},
        {"held": True},
    ],
)
def test_one_bound_is_enough(bound):
    assert Selection(**bound)
