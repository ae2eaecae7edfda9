"""Going through a page by the keyboard alone."""

ENOUGH_TABS = 80


def tab_to(visitor, selector: str) -> None:
    """Go there by the keyboard alone."""
    for _ in range(ENOUGH_TABS):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard does not lead to {selector}")


def press(visitor, selector: str) -> int:
    """Go to a button by the keyboard and press it; returns the status of the page that comes."""
    tab_to(visitor, selector)
    with visitor.page.expect_navigation() as caught:
        visitor.page.keyboard.press("Enter")
    return caught.value.status


def is_in_order(visitor, walk) -> bool:
    """Whether the page fits the window and has no barriers; axe itself cannot look without JavaScript."""
    return not visitor.scrolls_sideways() and (not walk.javascript or visitor.barriers() == [])
