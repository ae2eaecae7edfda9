"""The form of one mail address, for whoever recovers an account and whoever is invited."""

from flask_wtf import FlaskForm
from wtforms import StringField, ValidationError

from advocacy.rules.mail_addresses import AddressRefusedError, read_address
from advocacy.web.faults import ADDRESS_FAULTS
from advocacy.web.phrases import gettext as _


class AddressForm(FlaskForm):
    """An address that mail is to go to."""

    email = StringField()

    def validate_email(self, field: StringField) -> None:
        """Check that it is one."""
        try:
            read_address(field.data or "")
        except AddressRefusedError as refused:
            raise ValidationError(_(ADDRESS_FAULTS[refused.fault])) from None
