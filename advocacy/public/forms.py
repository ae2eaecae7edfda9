"""The form that a supporter signs with."""

import re
from typing import Any, NamedTuple

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField, ValidationError

from advocacy.actions.sign import Submission
from advocacy.models.domain import INTERFACE
from advocacy.public.consents import notice_hash, terms_here
from advocacy.public.letter import Letter
from advocacy.rules.countries import CODES
from advocacy.rules.mail_addresses import AddressRefusedError, read_address
from advocacy.rules.names import LONGEST_NAME, NameFault, NameRefusedError, read_name
from advocacy.rules.signing import Display
from advocacy.rules.words import N_
from advocacy.web.faults import ADDRESS_FAULTS
from advocacy.web.locale import language
from advocacy.web.phrases import gettext as _
from advocacy.web.phrases import snapshot
from advocacy.web.stamp import StampFault, fault_of, new_stamp, subject_of

_NAME_FAULTS = {
    NameFault.EMPTY: N_("Enter your name."),
    NameFault.TOO_LONG: N_("Enter a name of at most %(most)s characters."),
    NameFault.CONTROL: N_("The name contains a control character (%(character)s). Delete it."),
    NameFault.BIDI: N_(
        "The name contains a mark that changes the writing direction (%(character)s). Delete it."
    ),
    NameFault.INVISIBLE: N_("The name contains an invisible character (%(character)s). Delete it."),
    NameFault.SIGN: N_("The name contains “%(character)s”, which names do not have. Delete it."),
    NameFault.NO_LETTER: N_("Enter a name that has at least one letter."),
}
_STAMP_FAULTS = {
    StampFault.MISSING: N_(
        "We could not tell that this form came from our page. Please press the button once more."
    ),
    StampFault.HASTY: N_("That was very quick. Please press the button once more."),
    StampFault.OLD: N_("This page had been open for a long time. Please press the button once more."),
}


class StampedForm(FlaskForm):
    """A public form called `form_name`; under pressure it comes once more, with an answer."""

    class Meta:
        """No session, so no session token: posts are guarded by origin and stamp."""

        csrf = False

    stamp = HiddenField()
    altcha = HiddenField()
    later = HiddenField()

    def __init__(self, form_name: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.form_name = form_name

    def validate_stamp(self, field: HiddenField) -> None:
        """Check that a person had the time to fill this in, and that she read the words that are here now."""
        if fault := fault_of(field.data or "", self.form_name):
            raise ValidationError(_(_STAMP_FAULTS[fault]))
        read = PageRead.from_text(subject_of(field.data or "", self.form_name))
        if read and read.interface != snapshot().edition(INTERFACE).number:
            raise ValidationError(
                _("The words of this page have changed meanwhile. Please look at them once more.")
            )

    def stamp_again(self, subject: str = "") -> None:
        """Give the form a stamp that will do when it comes back; a hasty one ripens by itself."""
        read = PageRead.from_text(subject_of(self.stamp.data or "", self.form_name))
        stale = read is not None and read.interface != snapshot().edition(INTERFACE).number
        if stale or fault_of(self.stamp.data or "", self.form_name) not in (None, StampFault.HASTY):
            self.stamp.data = new_stamp(self.form_name, subject)

    def typed(self) -> list[tuple[str, str]]:
        """Return what was sent, field by field, to be sent once more; the answer is given anew."""
        return [
            (field.name, "yes" if field.data is True else str(field.data))
            for field in self
            if field.data and field not in (self.altcha, self.later)
        ]


class PageRead(NamedTuple):
    """What a form's page showed: the appeal's release, whether in its source, the interface's release."""

    release: int
    in_source: bool
    interface: int

    @classmethod
    def of(cls, letter: Letter) -> "PageRead":
        """Return what a page with this letter shows now."""
        return cls(letter.release, letter.language != language(), snapshot().edition(INTERFACE).number)

    @classmethod
    def from_text(cls, text: str) -> "PageRead | None":
        """Return what `text` says, as str() gives it, or None."""
        found = re.fullmatch(r"(\d{1,9})(s?) (\d{1,9})", text)
        return cls(int(found[1]), bool(found[2]), int(found[3])) if found else None

    def __str__(self) -> str:
        return f"{self.release}{'s' if self.in_source else ''} {self.interface}"


class SignForm(StampedForm):
    """What is typed stays in the fields as typed; `submission` gives it as read and checked."""

    name = StringField()
    email = StringField()
    country = StringField()
    display = StringField(default=Display.COUNT.value)
    public_name = StringField()
    discreet = BooleanField()
    agree_use = BooleanField()
    agree_sensitive = BooleanField()
    agree_age = BooleanField()
    agree_transfer = BooleanField()
    agree_delivery = BooleanField()
    updates = BooleanField()
    stamp = HiddenField()  # once more, so that its errors are told after those of what a person filled in
    # Hidden from people, tempting for robots. Not a name that a browser would fill in by itself.
    fax_number = StringField()

    def __init__(self, slug: str, **kwargs: Any) -> None:
        super().__init__(slug, **kwargs)
        self._read: dict[str, str] = {}

    @property
    def page_read(self) -> "PageRead | None":
        """What the form's page showed, or None if its stamp does not say."""
        return PageRead.from_text(subject_of(self.stamp.data or "", self.form_name))

    def validate_name(self, field: StringField) -> None:
        """Check the name."""
        self._read["name"] = _checked_name(field.data)

    def validate_email(self, field: StringField) -> None:
        """Check the mail address."""
        try:
            self._read["address"] = read_address(field.data or "")
        except AddressRefusedError as refused:
            raise ValidationError(_(ADDRESS_FAULTS[refused.fault])) from None

    def validate_country(self, field: StringField) -> None:
        """Check that the country is one of the list, or left open."""
        if field.data and field.data not in CODES:
            raise ValidationError(_("Choose a country or region from the list, or leave it open."))

    def validate_display(self, field: StringField) -> None:
        """Check the choice; nothing chosen is the safest."""
        field.data = field.data or Display.COUNT.value
        if field.data not in list(Display):
            raise ValidationError(_("Choose how you want to be shown."))

    def validate_public_name(self, field: StringField) -> None:
        """Check the name to show, where one is to be shown and it differs from the other."""
        if self.display.data == Display.NAME and (field.data or "").strip():
            self._read["public_name"] = _checked_name(field.data)

    def validate_fax_number(self, field: StringField) -> None:
        """Check that nobody filled in what nobody sees."""
        if field.data:
            raise ValidationError(_("Leave this field empty: it is there to catch robots."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field, and that each consent which signing needs is ticked."""
        valid = super().validate(extra_validators)
        for term in terms_here():
            field = self[term.consent]
            if term.required and not field.data:
                field.errors = [_("To sign, please tick this box: %(consent)s.", consent=_(term.name))]
                valid = False
        return bool(valid)

    def submission(self, letter: Letter) -> Submission:
        """Return what a valid form holds; `letter` is what the signer was shown."""
        return Submission(
            **self._read,
            language=language().tag,
            country=self.country.data or "",
            display=Display(self.display.data or Display.COUNT),
            discreet=bool(self.discreet.data),
            consents={term.consent: notice_hash(term) for term in terms_here() if self[term.consent].data},
            title=letter.title.text,
            release=letter.release,
            text_language=letter.language.tag,
            text_hash=letter.text_hash,
        )


def _checked_name(text: str | None) -> str:
    try:
        return read_name(text or "")
    except NameRefusedError as refused:
        shown = (
            refused.character if refused.fault is NameFault.SIGN else f"U+{ord(refused.character or ' '):04X}"
        )
        message = _NAME_FAULTS[refused.fault]
        values = {"most": LONGEST_NAME, "character": shown}
        used = {name: value for name, value in values.items() if f"%({name})s" in message}
        raise ValidationError(_(message, **used)) from None
