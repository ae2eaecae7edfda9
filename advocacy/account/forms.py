"""The forms of people who work here."""

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField, ValidationError

from advocacy.rules.passkeys import LONGEST_NAME, PasskeyNameError, read_passkey_name


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
                _("Enter a name of at most %(most)s characters that can all be seen.", most=LONGEST_NAME)
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
