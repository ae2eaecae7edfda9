"""Addresses in the workbench. What was searched for goes along, so that the way back is the same list."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from advocacy.translate.filters import Filter
from advocacy.translate.places import Place


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses of a place's pages, under a filter."""

    place: Place
    chosen: Filter

    def units(self, *, beyond: int | None = None, **changes: str | None) -> str:
        """Return the list's address, with changes of the filter, from `beyond`, a unit (by id), on."""
        return self._to("units.show", beyond=beyond, **self.chosen.address(**changes))

    def everything(self) -> str:
        """Return the address of the whole list."""
        return self._to("units.show")

    def unit(self, number: int, **changes: str | None) -> str:
        """Return the address of a unit (by id), where it is read and written."""
        return self._to("editor.show", number=number, **self.chosen.address(**changes))

    def next_text(self) -> str:
        """Return the address that leads to the next text that nobody has translated, whatever the filter."""
        return self._to("next_text.lead")

    def at(self, number: int) -> dict[str, Any]:
        """Return what an address says to lead to a unit (by id), with the filter."""
        return {
            "into": self.place.into,
            "domain": self.place.domain.name,
            "number": number,
            **self.chosen.address(),
        }

    def offline(self) -> str:
        """Return the address where the list is taken along as a file, and brought back."""
        return self._to("offline.show", **self.chosen.address())

    def download(self, kind: str) -> str:
        """Return the address of the list as a file of a format."""
        return self._to("offline.download", kind=kind, **self.chosen.address())

    def upload(self) -> str:
        """Return the address that takes a file in."""
        return self._to("offline.take", **self.chosen.address())

    def plan(self) -> str:
        """Return the address that shows again what becomes of the file that was brought last."""
        return self._to("offline.show_plan")

    def confirm(self) -> str:
        """Return the address that takes a file's texts, once its sender has seen what becomes of them."""
        return self._to("offline.confirm")

    def together(self, *, beyond: int | None = None) -> str:
        """Return the address that shows what would become of the ticked ones of the list from `beyond` on."""
        return self._to("together.show", beyond=beyond, **self.chosen.address())

    def confirm_together(self, *, beyond: int | None = None) -> str:
        """Return the address that does to them what was shown."""
        return self._to("together.confirm", beyond=beyond, **self.chosen.address())

    def _to(self, endpoint: str, **values: Any) -> str:
        return url_for(endpoint, into=self.place.into, domain=self.place.domain.name, **values)
