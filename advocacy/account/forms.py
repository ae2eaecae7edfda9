"""The forms of people who work here."""

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField, ValidationError


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


class DeleteForm(FlaskForm):
    """The password, before something that cannot be undone."""

    password = PasswordField()

    def validate_password(self, field: PasswordField) -> None:
        """Check that something was entered."""
        if not field.data:
            raise ValidationError(_("Enter your password."))


class PasswordForm(DeleteForm):
    """A new password, with the present one."""

    new_password = PasswordField()
