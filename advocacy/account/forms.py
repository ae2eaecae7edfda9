"""The forms of people who work here."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField, ValidationError

from advocacy.actions.add_account import AccountFault, AccountRefusedError
from advocacy.actions.passwords import SHORTEST_PASSWORD
from advocacy.rules.names import LONGEST_NAME
from advocacy.rules.passkeys import LONGEST_PASSKEY_NAME, PasskeyNameError, read_passkey_name
from advocacy.rules.words import N_
from advocacy.web.phrases import gettext as _


class SignInForm(FlaskForm):
    """Address and password."""

    email = StringField()
    password = PasswordField()

    def validate_email(self, field: StringField) -> None:
        """Check that something was entered."""
        if not (field.data or "").strip():
            raise ValidationError(_("Enter your email address."))

    def validate_password(self, field: PasswordField) -> None:
        """Check that something was entered."""
        if not field.data:
            raise ValidationError(_("Enter your password."))


class CodeForm(FlaskForm):
    """A code of the second factor."""

    code = StringField()

    def validate_code(self, field: StringField) -> None:
        """Check that something was entered."""
        if not (field.data or "").strip():
            raise ValidationError(_("Enter the code."))


class PasskeyForm(FlaskForm):
    """What the browser says of a passkey, put here by the page's script."""

    credential = HiddenField()

    def validate_credential(self, field: HiddenField) -> None:
        """Check that the script was there."""
        if not field.data:
            raise ValidationError(_("Passkeys need JavaScript, and your browser did not run it."))


class NewPasskeyForm(FlaskForm):
    """A new passkey, with a name for it."""

    name = StringField()
    credential = HiddenField()

    def validate_name(self, field: StringField) -> None:
        """Check that there is a name that can be told from others."""
        try:
            if not read_passkey_name(field.data or ""):
                raise ValidationError(_("Enter a name for the passkey."))
        except PasskeyNameError:
            raise ValidationError(
                _(
                    "Enter a name of at most %(most)s characters that can all be seen.",
                    most=LONGEST_PASSKEY_NAME,
                )
            ) from None

    def validate_credential(self, field: HiddenField) -> None:
        """Check that the script was there; it asks for no passkey while the name is missing."""
        if not field.data and not self.name.errors:
            raise ValidationError(_("Passkeys need JavaScript, and your browser did not run it."))


class DeleteForm(FlaskForm):
    """The password, before something is taken away."""

    password = PasswordField()

    def validate_password(self, field: PasswordField) -> None:
        """Check that something was entered."""
        if not field.data:
            raise ValidationError(_("Enter your password."))


class PasswordForm(DeleteForm):
    """A new password, with the present one."""

    new_password = PasswordField()


class NewPasswordForm(FlaskForm):
    """A new password."""

    new_password = PasswordField()


class InvitationForm(NewPasswordForm):
    """What whoever takes an invitation chooses: a name and a password."""

    name = StringField()
    new_password = PasswordField()  # once more, to come after the name

    def refuse(self, refused: AccountRefusedError) -> None:
        """Say beside the field what an account was refused for."""
        field: Any = self.new_password if refused.fault is AccountFault.PASSWORD else self.name
        field.errors = [_(_ACCOUNT_FAULTS[refused.fault], least=SHORTEST_PASSWORD, most=LONGEST_NAME)]


_ACCOUNT_FAULTS = {
    AccountFault.NAME: N_(
        "Enter a name with letters or digits, no # in front, and at most %(most)s characters."
    ),
    AccountFault.NAME_TAKEN: N_("Somebody here has this name. Choose another one."),
    AccountFault.ADDRESS_TAKEN: N_("There is an account with this email address. Sign in."),
    AccountFault.PASSWORD: N_("Enter at least %(least)s characters."),
}
