"""The editor as a page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request

from advocacy.actions.comment import LONGEST_COMMENT, may_resolve
from advocacy.actions.find_units import beside_in_list
from advocacy.actions.propose import forms_for
from advocacy.extensions import db
from advocacy.models import Account, Translation, Unit
from advocacy.models.back_translation import back_translation_by
from advocacy.models.glossary_term import all_terms
from advocacy.models.talk import talk_on
from advocacy.models.unit import unit_at
from advocacy.models.unit_search import beside
from advocacy.rules.back_translation import LONGEST_BACK
from advocacy.rules.inserts import inserts
from advocacy.rules.languages import Language
from advocacy.rules.marks import marked
from advocacy.rules.permissions import Permission
from advocacy.rules.plural_samples import PluralForm, plural_forms
from advocacy.rules.review import STEPS, Act
from advocacy.rules.suggestions import LONGEST_TERM, LONGEST_WHY
from advocacy.translate.attendance import open_for
from advocacy.translate.conflicts import Conflict
from advocacy.translate.filters import Filter
from advocacy.translate.findings import Remark, check
from advocacy.translate.links import Links
from advocacy.translate.places import Place, account_at_work, place_of
from advocacy.translate.sheet import (
    GLOSSARY_LANGUAGE,
    Past,
    forms_changed,
    happened_to,
    neighbours,
    source_of,
    suggestions_for,
)
from advocacy.translate.typed import Typed, carried
from advocacy.translate.words import decision_name, person_name, state_name, status_name
from advocacy.web.carrying import carry_form
from advocacy.web.standing_places import seen_in_place


@dataclass(frozen=True, slots=True)
class Field:
    """One form's field: its name, its text, which numbers it is for, and what the checks say."""

    name: str
    text: str
    form: PluralForm | None
    remarks: list[Remark]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something was refused, and the field (by id) to go to."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Whose editor it is, of which unit, where."""

    place: Place
    unit: Unit
    account: Account

    @property
    def shelf(self) -> str:
        """Where a browser keeps what this account types for this unit."""
        return f"{self.account.id}-{self.unit.id}"

    @property
    def takes_terms(self) -> bool:
        """Whether terms can be suggested here: the glossary is of one language's terms."""
        return self.may_write and self.place.source.tag == GLOSSARY_LANGUAGE

    @property
    def may_write(self) -> bool:
        """Whether the account writes translations in this language, or only reads them."""
        return self.account.may(Permission.TRANSLATION_WRITE, self.place.into.tag)


def sheet_at(into: Language, domain: str, number: int) -> Sheet:
    """Return what the editor at an address is of, for whoever asks, or answer that there is none."""
    found = unit_at(db.session(), number, domain=domain, language=into.tag)
    if found is None:
        abort(404)
    unit, of, appeal = found
    return Sheet(place_of(of, into, appeal), unit, account_at_work())


def editor_page(
    sheet: Sheet,
    typed: Typed | None = None,
    *,
    faults: Sequence[Fault] = (),
    conflict: Conflict | None = None,
    was_checked: bool = False,
    sent: Collection[str] = (),
    resumed: bool = False,
) -> str:
    """Return the editor with `typed` in its fields, or, where nothing was, with the text to go on from.

    With a conflict it shows both texts, and what is sent from it was typed by somebody who has seen them.
    The fields that stand beside (for a comment, for a term) keep what the form holds, but for those `sent`.
    `resumed` says that what was typed has waited for its author to sign in again, or to change the language.
    """
    session, unit = db.session(), sheet.unit
    if conflict and not conflict.kept:
        carry_form()  # the same comparison, in another language
    past, glossary = Past.of(session, unit), all_terms(session)
    if typed is None:
        typed = fresh(sheet, past)
    typed = typed.fitted(forms_for(unit.message.msgid_plural, unit.language))
    checked = check(session, unit, typed.texts, past, glossary)
    links = Links(sheet.place, Filter.of(request))
    source = source_of(sheet.place, unit, typed.sources, glossary)
    return render_template(
        "translate/conflict.html" if conflict else "translate/editor.html",
        place=sheet.place,
        unit=unit,
        typed=typed.up_to_date(unit, seen=conflict.seen) if conflict else typed,
        fields=fields_of(unit, typed.texts, checked.remarks),
        checked=checked,
        faults=faults,
        was_checked=was_checked,
        resumed=resumed,
        shelf=sheet.shelf,
        unsaved=request.method == "POST",
        reasons=reasons_typed(),
        source=source,
        inserts=inserts(source.forms),
        may_write=sheet.may_write,
        links=links,
        beside={name: "" if name in sent else request.form.get(name, "") for name in BESIDE},
        longest_back=LONGEST_BACK,
        longest_comment=LONGEST_COMMENT,
        longest_term=LONGEST_TERM,
        longest_why=LONGEST_WHY,
        takes_terms=sheet.takes_terms,
        **(_both(sheet, typed, conflict) if conflict else _surroundings(sheet, typed, past, links.chosen)),
        **_words(sheet.account),
    )


BESIDE = ("comment", "term_source", "term_target", "term_why")
"""The fields beside the text: they belong to its form, and are sent by buttons of their own."""


def fresh(sheet: Sheet, past: Past) -> Typed:
    """Return the fields as the editor opens, with what the author of the text in them says that it says."""
    start = past.start_for(sheet.account.id)
    own = start is not None and start.author_id == sheet.account.id
    back = back_translation_by(db.session(), start.id, sheet.account.id) if start and own else None
    return Typed.fresh(sheet.unit, start, seen=past.newest, back=back.text if back else "")


def gone_page(sheet: Sheet, typed: Typed) -> tuple[str, int]:
    """Show what was typed for a text that is not used any more."""
    links = Links(sheet.place, Filter.of(request))
    carry_form()
    return render_template("translate/gone.html", place=sheet.place, links=links, typed=typed), 409


def reasons_typed() -> dict[str, str]:
    """Return what was written about warnings, by field."""
    return {name: text for name, text in request.form.items() if name.startswith("reason-")}


def field_name(unit: Unit, index: int) -> str:
    """Return what the field of a form is called, in the page and in what it sends."""
    return "text" if unit.message.msgid_plural is None else f"text_{index}"


def fields_of(unit: Unit, texts: Sequence[str], remarks: Sequence[Remark]) -> list[Field]:
    """Return a field for each form, with its text and what the checks say about it."""
    forms = plural_forms(unit.language) if unit.message.msgid_plural is not None else (None,)
    return [
        Field(
            field_name(unit, index),
            text,
            form,
            [remark for remark in remarks if remark.form == index],
        )
        for index, (text, form) in enumerate(zip(texts, forms, strict=True))
    ]


def _surroundings(sheet: Sheet, typed: Typed, past: Past, chosen: Filter) -> dict[str, Any]:
    session, place, unit = db.session(), sheet.place, sheet.unit
    before, after = beside_in_list(session, chosen.wanted(place, sheet.account), unit)
    blocks = (before, after)
    if place.appeal is not None and chosen.is_set:
        blocks = beside(session, Filter().wanted(place, sheet.account), unit)
    own, talk = past.own(sheet.account.id), talk_on(session, unit)
    return {
        "talk": talk,
        "may_resolve": {
            one.comment.id
            for one in talk.open
            if may_resolve(one.comment, sheet.account, language=unit.language, author=past.author)
        },
        "before": before,
        "after": after,
        "own": own if own and Act.WITHDRAW in STEPS[own.state] else None,
        "neighbours": neighbours(session, place, *blocks),
        "history": happened_to(session, unit, past),
        "suggestions": suggestions_for(session, unit, past, typed.texts) if sheet.may_write else [],
        "present": open_for(unit.id, me=sheet.account.id),
        "seen_in_place": seen_in_place(
            session, unit, place.into, domain=place.domain.name, appeal=place.appeal
        ),
    }


def _both(sheet: Sheet, typed: Typed, conflict: Conflict) -> dict[str, Any]:
    """Return what the two sides of a conflict show, each beside the text that both began from."""
    tag = sheet.unit.language
    start = db.session().get(Translation, typed.based_on) if typed.based_on else None
    common = list(start.texts) if start and start.unit_id == sheet.unit.id else []
    return {
        "conflict": conflict,
        "common": common,
        "mine": forms_changed(common, typed.texts, tag),
        "theirs": forms_changed(common, conflict.theirs.texts, tag) if conflict.theirs else [],
        "theirs_value": carried(conflict.theirs.texts) if conflict.theirs else "",
    }


def _words(account: Account) -> dict[str, Any]:
    return {
        "status_name": status_name,
        "state_name": state_name,
        "decision_name": decision_name,
        "person_name": lambda one, origin=None: (
            person_name(one, me=account.id, origin=origin) if origin else person_name(one, me=account.id)
        ),
        "marked": marked,
        "me": account.id,
        "carried": carried,
    }
