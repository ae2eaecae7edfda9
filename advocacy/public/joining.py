"""Helping to translate: applying with a short trial, and answering what is asked about it."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse
from wtforms import HiddenField, StringField, TextAreaField, ValidationError

from advocacy.actions.join import Wish, answer_question, apply_to_translate, asked_by
from advocacy.actions.recover import UnknownLinkError
from advocacy.actions.trial import trial_sources
from advocacy.extensions import begin_writing, db
from advocacy.public.forms import StampedForm
from advocacy.rules.joining import LONGEST_WORDS
from advocacy.rules.mail_addresses import AddressRefusedError, read_address
from advocacy.rules.names import LONGEST_NAME, is_pseudonym
from advocacy.rules.review import ReasonMissingError
from advocacy.web.access import public
from advocacy.web.faults import ADDRESS_FAULTS
from advocacy.web.locale import language
from advocacy.web.phrases import gettext as _
from advocacy.web.site import site
from advocacy.web.tries import may_ask

pages = Blueprint("joining", __name__, url_prefix="/<language:language>")


class JoinForm(StampedForm):
    """Who applies, and the trial: one text a source, in their order."""

    name = StringField()
    email = StringField()
    about = TextAreaField()
    text_1 = TextAreaField()
    text_2 = TextAreaField()
    text_3 = TextAreaField()
    stamp = HiddenField()  # once more, so that its errors are told after those of what a person filled in

    def __init__(self, sources: list[str], **kwargs: Any) -> None:
        super().__init__("help translate", **kwargs)
        self.sources = sources

    @property
    def trial(self) -> list[tuple[str, TextAreaField]]:
        """Each source with the field for its translation."""
        return list(zip(self.sources, (self.text_1, self.text_2, self.text_3), strict=False))

    def validate_name(self, field: StringField) -> None:
        """Check that others can see and tell apart such a name."""
        if not is_pseudonym((field.data or "").strip()):
            fault = _("Enter a name with letters or digits, no # in front, and at most %(most)s characters.")
            raise ValidationError(fault % {"most": LONGEST_NAME})

    def validate_email(self, field: StringField) -> None:
        """Check that it is an address."""
        try:
            read_address(field.data or "")
        except AddressRefusedError as refused:
            raise ValidationError(_(ADDRESS_FAULTS[refused.fault])) from None

    def validate_about(self, field: TextAreaField) -> None:
        """Check its length."""
        _demand_short(field)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the trial too: every text that was shown is translated."""
        fine = super().validate(extra_validators)
        for _source, field in self.trial:
            if not (field.data or "").strip():
                field.errors = [_("Translate this text.")]
            elif len(field.data or "") > LONGEST_WORDS:
                field.errors = [_("Enter at most %(most)s characters.", most=LONGEST_WORDS)]
        return fine and not any(field.errors for _source, field in self.trial)

    def wish(self) -> Wish:
        """Return what was filled in, checked."""
        return Wish(
            language=language().tag,
            name=(self.name.data or "").strip(),
            email=read_address(self.email.data or ""),
            about=(self.about.data or "").strip(),
            trial=tuple((source, (field.data or "").strip()) for source, field in self.trial),
        )


class AnswerForm(StampedForm):
    """An answer to what was asked about an application."""

    answer = TextAreaField()

    def validate_answer(self, field: TextAreaField) -> None:
        """Check that there is one, of some length."""
        if not (field.data or "").strip():
            raise ValidationError(_("Write an answer."))
        _demand_short(field)


@pages.get("/help-translate")
@public
def show() -> str:
    """Say what translating here is, and ask who would like to."""
    if language() == site().languages.source:
        return render_template("public/join_languages.html")
    form = JoinForm(trial_sources(db.session(), language().tag), formdata=None)
    form.stamp_again()
    return _page(form)


@pages.post("/help-translate")
@public
def receive() -> AnyResponse | tuple[str, int]:
    """Keep an application."""
    if language() == site().languages.source:
        return redirect(url_for("joining.show"), 303)
    form = JoinForm(trial_sources(db.session(), language().tag))
    if not form.validate():
        form.stamp_again()
        return _page(form), 422
    if not may_ask("apply"):
        form.stamp.errors = [_("Too many tries. Please wait an hour, then try again.")]
        return _page(form), 429
    session = begin_writing(db.session())
    apply_to_translate(session, form.wish(), now=datetime.now(UTC))
    session.commit()
    return redirect(url_for("joining.thanks"), 303)


@pages.get("/help-translate/thanks")
@public
def thanks() -> str:
    """Say what comes next."""
    return render_template("public/joined.html")


@pages.get("/question/<token>")
@public
def show_question(token: str) -> str | tuple[str, int]:
    """Show what was asked about an application."""
    form = AnswerForm("answer", formdata=None)
    form.stamp_again()
    return _question_page(form, token)


@pages.post("/question/<token>")
@public
def answer(token: str) -> AnyResponse | str | tuple[str, int]:
    """Keep the answer; the link is used up."""
    form = AnswerForm("answer")
    if not form.validate():
        form.stamp_again()
        page = _question_page(form, token)
        return page if isinstance(page, tuple) else (page, 422)
    try:
        session = begin_writing(db.session())
        answer_question(session, token, form.answer.data or "", now=datetime.now(UTC))
        session.commit()
    except (UnknownLinkError, ReasonMissingError):
        return _gone()
    return redirect(url_for("joining.thanks"), 303)


def _page(form: JoinForm) -> str:
    return render_template("public/join.html", form=form, most=LONGEST_WORDS)


def _question_page(form: AnswerForm, token: str) -> str | tuple[str, int]:
    try:
        question = asked_by(db.session(), token).question
    except UnknownLinkError:
        return _gone()
    return render_template("public/question.html", form=form, question=question, token=token)


def _gone() -> tuple[str, int]:
    return render_template("public/link_gone.html"), 404


def _demand_short(field: TextAreaField) -> None:
    if len(field.data or "") > LONGEST_WORDS:
        raise ValidationError(_("Enter at most %(most)s characters.", most=LONGEST_WORDS))
