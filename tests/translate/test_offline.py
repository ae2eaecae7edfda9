"""Working in a file: taking texts along, and bringing them back."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from sqlalchemy import select, update

from advocacy.actions.plan_import import Outcome, TakeAs, plan_import
from advocacy.actions.purge import purge
from advocacy.catalogs.entries import Entry
from advocacy.catalogs.exchange import Format
from advocacy.extensions import begin_writing
from advocacy.models import AuditEntry, Upload
from advocacy.models.unit import units_in
from advocacy.rules.permissions import Role
from tests.factories import make_account, make_approved, make_domain, make_submitted
from tests.pages import errors_in, parsed, title_of, value_of
from tests.translate.conftest import ASK, DAYS, LAST, LETTERS
from tests.translate.test_carrying import OURS, end_sessions, post_form_of, signed_in_again

AT = "/translate/ko/small/offline"
PO = (
    'msgid ""\nmsgstr ""\n"Language: ko\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n"%s"\n\n'
    'msgctxt "ask"\nmsgid "Sign the petition"\nmsgstr "%s"\n'
)


def send(someone, content: bytes | str, name="small.po", take_as="draft", **fields):
    """Bring a file back; returns the answer."""
    token = value_of(someone.client.get(AT).text, "csrf_token")
    content = content.encode() if isinstance(content, str) else content
    data = {"csrf_token": token, "take_as": take_as, "file": (BytesIO(content), name), **fields}
    return someone.client.post(AT, data=data)


def uploads(session) -> list[Upload]:
    session.rollback()
    return list(session.scalars(select(Upload)))


def agree(someone, page: str):
    fields = {name: value_of(page, name) for name in ("csrf_token", "upload", "stamp")}
    return someone.client.post(f"{AT}/confirm", data=fields)


def taken_along(someone, kind: str, **asked: str) -> str:
    answer = someone.client.get(f"{AT}/download", query_string={"kind": kind, **asked})
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="small.ko.')
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.data.decode()


def po(text: str, header: str = "") -> str:
    return PO % (header, text)


@pytest.mark.parametrize("kind", Format)
@pytest.mark.parametrize(("take_as", "state"), [("draft", "draft"), ("submitted", "submitted")])
def test_what_was_taken_along_comes_back_with_what_was_written(
    translator, units, texts, kind, take_as, state
):
    mina = translator()
    mina.save(units[ASK], "옛 글입니다")
    file = taken_along(mina, kind.value)
    name = {"po": "a.po", "csv": "a.csv"}.get(kind.value, "a.xlf")
    file = file.replace("옛 글입니다", "청원에 서명하기").replace("#, fuzzy\n", "")
    answer = send(mina, file.replace('state="needs-review-translation"', 'state="translated"'), name, take_as)
    if kind is Format.XLIFF_2:
        answer = send(mina, re.sub(r' state="initial"| subState="[^"]*"', "", file), name, take_as)
    assert answer.status_code == 200, errors_in(answer.text)
    parsed(answer.text)
    assert texts(units[ASK]) == [("draft", "옛 글입니다")]
    done = agree(mina, answer.text)
    assert done.status_code == 303
    assert texts(units[ASK])[0] == (state, "청원에 서명하기")
    assert [len(texts(units[place])) for place in (DAYS, LETTERS, LAST)] == [0, 0, 0]


def test_a_file_holds_what_the_list_shows(translator, units):
    mina = translator()
    mina.save(units[ASK], "청원")
    sources = ("Sign the petition", "Only %(left)s days", "Thank you. 100% of it")
    for asked, found in (
        ({}, sources),
        ({"status": "draft"}, sources[:1]),
        ({"q": "-status:draft days"}, sources[1:2]),
        ({"q": "check:josa"}, ()),
    ):
        file = taken_along(mina, "csv", **asked)
        assert tuple(source for source in sources if source in file) == found
    assert mina.client.get(f"{AT}/download?kind=exe").status_code == 404


def test_what_excel_saves_as_unicode_text_is_taken(translator, units, texts):
    mina = translator()
    rows = (
        taken_along(mina, "csv")
        .removeprefix("\ufeff")
        .replace('"Sign the petition","","","",""', '"Sign the petition","","","","청원"')
    )
    page = send(mina, rows.replace('","', '"\t"').encode("utf-16"), "Unicode Text.TXT").text
    assert "1 text will become your draft." in page
    agree(mina, page)
    assert texts(units[ASK]) == [("draft", "청원")]


def test_a_spreadsheet_takes_nothing_for_a_formula(translator, units):
    mina = translator()
    mina.save(units[ASK], "=HYPERLINK(1)")
    assert '"=HYPERLINK' not in taken_along(mina, "csv")


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (po("가").encode("euc-kr"), "a.po", "not written in UTF-8"),
        (po("가").encode("utf-16"), "a.po", "not written in UTF-8"),
        (po("가", "X-Domain: other\\n"), "a.po", "belongs to other texts"),
        (po("가").replace("Language: ko", "Language: ja"), "a.po", "in another language"),
        (
            po("가", "Plural-Forms: nplurals=2; plural=n != 1;\\n")
            + '\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n',
            "a.po",
            "Its header says “nplurals=2; plural=n != 1;”, where this site has “nplurals=1; plural=0;”.",
        ),
        ("<html></html>", "a.po", "cannot be read as PO"),
        ("<html></html>", "a.xlf", "cannot be read as XLIFF 1.2"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><xliff>&b;</xliff>', "a.xliff", "cannot be read as XLIFF 1.2"),
        ("a,b\n1,2\n", "a.csv", "has to name its columns, at least"),
        ("id,source,text\n0123456789abcdef,Sign it,가\n", "a.csv", "Line 2 has another source"),
        ("source,text\nSign,가,나\n", "a.csv", "cannot be read as CSV"),
        (b"\x89PNG\r\n", "a.png", "has to end in .po"),
        (b"", "", "Choose a file."),
    ],
)
def test_a_wrong_file_is_explained(translator, units, session, content, name, said):
    answer = send(translator(), content, name)
    assert answer.status_code == 422
    parsed(answer.text)
    (error,) = errors_in(answer.text)
    assert said in error
    assert uploads(session) == []


@pytest.mark.parametrize(("size", "status"), [(4 * 1024 * 1024 + 1, 422), (5 * 1024 * 1024, 413)])
def test_a_file_too_large_is_refused(translator, units, size, status):
    mina = translator()
    token = value_of(mina.client.get(AT).text, "csrf_token")
    # Put together here: the test client would leave a file of its own open.
    parts = [('name="csrf_token"', token), ('name="take_as"', "draft")]
    parts.append(('name="file"; filename="a.po"', "#" * size))
    body = "".join(f"--x\r\nContent-Disposition: form-data; {head}\r\n\r\n{said}\r\n" for head, said in parts)
    answer = mina.client.post(
        AT, data=f"{body}--x--\r\n".encode(), content_type="multipart/form-data; boundary=x"
    )
    assert answer.status_code == status
    if status == 422:
        assert "at most 4 MB" in errors_in(answer.text)[0]


def test_a_unit_that_cannot_be_taken_is_named_with_why(translator, units):
    mina = translator()
    file = taken_along(mina, "xliff").replace("<target></target>", "<target>가<x id='1'/></target>", 1)
    page = send(mina, file, "a.xlf").text
    assert "Cannot be taken as it stands in the file" in page
    assert "A program has put codes in place of a part of the text" in page


def test_nobody_approves_by_a_file(translator, units, session):
    answer = send(translator(), po("가"), take_as="approved")
    assert answer.status_code == 422
    assert errors_in(answer.text) == ["Choose what becomes of the texts."]
    assert uploads(session) == []


def test_each_text_that_is_not_taken_is_listed_with_why(translator, units, session, texts):
    make_approved(begin_writing(session), units[ASK], "서명하기")
    session.commit()
    mina = translator()
    more = (
        '\nmsgid "Only %(left)s days"\nmsgstr "하루"\n\n#, fuzzy\nmsgctxt "mail.end"\n'
        'msgid "Thank you. 100% of it"\nmsgstr "고맙습니다"\n\nmsgid "Elsewhere"\nmsgstr "딴 데"\n'
    )
    page = send(mina, po("청원에 서명") + more, take_as="submitted").text
    seen = "".join(parsed(page).itertext())
    for said in ("Another text is approved", "A check does not let it through", "Placeholders"):
        assert said in seen
    assert "Marked as unfinished" in seen
    assert "not among the texts" in seen
    assert "There is nothing to take in this file." in seen
    page = send(mina, po("청원에 서명") + more, take_as="submitted", also="yes").text
    assert "1 text will be submitted for review in your name." in page
    agree(mina, page)
    assert texts(units[ASK]) == [("submitted", "청원에 서명"), ("approved", "서명하기")]


def test_what_has_changed_meanwhile_is_shown_before_anything_is_taken(translator, units, texts):
    mina, yuri = translator(), translator()
    page = send(mina, po("청원에 서명")).text
    yuri.save(units[ASK], "청원에 서명", action="submit")
    answer = agree(mina, page)
    assert answer.status_code == 409
    assert "Something has changed since you looked at the file." in answer.text
    assert len(texts(units[ASK])) == 1
    (korean,) = (link for link in parsed(answer.text).iter("a") if link.get("hreflang") == "ko")
    assert mina.client.get(korean.get("href")).status_code == 200
    page = send(mina, po("다른 글")).text
    assert agree(mina, page).status_code == 303
    assert agree(mina, page).status_code == 422
    assert len(texts(units[ASK])) == 2


def test_what_came_since_the_file_was_made_stands_beside_what_it_brings(translator, units, texts):
    mina, yuri = translator("Mina"), translator("Yuri")
    mina.save(units[ASK], "옛 글")
    file = taken_along(mina, "csv").replace("옛 글", "파일의 글")
    yuri.save(units[ASK], "유리의 글", action="submit")
    page = send(mina, file, "a.csv", "submitted").text
    seen = "".join(parsed(page).itertext())
    for said in ("Another text came since the file was made, and stays", "파일의 글", "유리의 글"):
        assert said in seen
    assert "Yuri · Waits for review" in seen
    assert "There is nothing to take in this file." in seen
    page = send(mina, file, "a.csv", "submitted", also="yes").text
    assert "Yuri · Waits for review" in page
    yuri.save(units[ASK], "유리의 새 글", action="submit")
    answer = agree(mina, page)
    assert answer.status_code == 409
    assert "유리의 새 글" in answer.text
    assert agree(mina, answer.text).status_code == 303
    assert texts(units[ASK])[0] == ("submitted", "파일의 글")


def twin_of(page: str, tag: str) -> str:
    """Where the page leads in another language."""
    (path,) = [one.get("href") for one in parsed(page).iter("a") if one.get("hreflang") == tag]
    return path


def test_the_plan_can_be_had_in_another_language_and_again(translator, units, texts):
    mina, yuri = translator(), translator()
    planned = send(mina, po("청원에 서명")).text
    korean = mina.client.get(twin_of(planned, "ko"))
    assert korean.status_code == 200
    assert "청원에 서명" in korean.text
    assert value_of(korean.text, "stamp") == value_of(planned, "stamp")
    mina.client.get("/account/?language=en")
    again = mina.client.get(f"{AT}/confirm", follow_redirects=True)
    assert "1 text will become your draft." in again.text
    yuri.save(units[ASK], "유리의 글", action="submit")
    changed = agree(mina, planned)
    assert changed.status_code == 409
    english = mina.client.get(twin_of(changed.text, "en")).text
    assert agree(mina, english).status_code == 303
    gone = agree(mina, english)
    assert gone.status_code == 422
    assert mina.client.get(twin_of(gone.text, "en")).status_code == 200
    assert errors_in(mina.client.get(f"{AT}/plan").text) == [
        "The file is not kept any more. Please choose it again."
    ]
    assert len(texts(units[ASK])) == 2


def test_a_plan_of_other_texts_is_not_shown_here(translator, units):
    mina = translator()
    send(mina, po("청원에 서명"))
    page = mina.client.get("/translate/ko/messages/offline/plan").text
    assert "청원에 서명" not in page
    assert errors_in(page) == ["The file is not kept any more. Please choose it again."]


def test_she_decides_on_what_would_stay_once_she_has_seen_it(translator, units, session, texts):
    make_approved(begin_writing(session), units[ASK], "서명하기")
    session.commit()
    mina = translator()
    page = send(mina, po("청원에 서명"), take_as="submitted").text
    assert "서명하기" in page
    assert "Take mine also where another text stands" in page
    fields = {name: value_of(page, name) for name in ("csrf_token", "upload", "stamp")}
    answer = mina.client.post(f"{AT}/confirm", data={**fields, "do": "also"})
    assert answer.status_code == 200
    assert "1 text will be submitted for review in your name." in answer.text
    assert "Take mine also where another text stands" not in answer.text
    assert len(texts(units[ASK])) == 1
    assert agree(mina, answer.text).status_code == 303
    assert texts(units[ASK])[0] == ("submitted", "청원에 서명")


def test_a_file_sent_after_the_session_ended_is_asked_for_again(app, translator, units, session):
    mina = translator()
    token = value_of(mina.client.get(AT).text, "csrf_token")
    end_sessions(app)
    data = {"csrf_token": token, "take_as": "submitted", "file": (BytesIO(po("가").encode()), "a.po")}
    answer = mina.client.post(AT, data=data, headers=OURS)
    assert answer.status_code == 403
    assert title_of(answer.text) == "Sign in"
    there = post_form_of(mina.client, signed_in_again(mina, answer.text).text, AT)
    assert there.status_code == 422
    (error,) = errors_in(there.text)
    assert error == "You had to sign in again, and no file is kept meanwhile. Please choose it again."
    (chosen,) = [one for one in parsed(there.text).iter("input") if "checked" in one.attrib]
    assert chosen.get("value") == "submitted"
    assert uploads(session) == []


def test_a_plan_agreed_to_after_the_session_ended_is_shown_again(app, translator, units, texts):
    mina = translator()
    page = send(mina, po("청원에 서명")).text
    fields = {name: value_of(page, name) for name in ("csrf_token", "upload", "stamp")}
    end_sessions(app)
    answer = mina.client.post(f"{AT}/confirm", data=fields, headers=OURS)
    assert answer.status_code == 403
    there = post_form_of(mina.client, signed_in_again(mina, answer.text).text, f"{AT}/confirm")
    assert "1 text will become your draft." in there.text
    assert texts(units[ASK]) == []
    assert agree(mina, there.text).status_code == 303
    assert texts(units[ASK]) == [("draft", "청원에 서명")]


def test_a_file_is_its_senders_alone_and_kept_for_an_hour(translator, units, session, texts):
    mina, yuri = translator(), translator()
    page = send(mina, po("가"), name="C:\\Users\\mina\\비밀.po").text
    (kept,) = uploads(session)
    values = {name: str(getattr(kept, name)) for name in Upload.__table__.columns.keys()}  # noqa: SIM118
    assert not any("mina" in value or "비밀" in value for value in values.values())
    assert timedelta(minutes=59) < kept.expires_at - datetime.now(UTC) <= timedelta(hours=1)
    session.rollback()
    fields = {name: value_of(page, name) for name in ("upload", "stamp")}
    token = value_of(yuri.client.get(AT).text, "csrf_token")
    stolen = yuri.client.post(f"{AT}/confirm", data={"csrf_token": token, **fields})
    assert stolen.status_code == 422
    begin_writing(session).execute(update(Upload).values(expires_at=datetime.now(UTC)))
    session.commit()
    late = agree(mina, page)
    assert (late.status_code, errors_in(late.text)) == (
        422,
        ["The file is not kept any more. Please choose it again."],
    )
    purge(begin_writing(session), now=datetime.now(UTC))
    session.commit()
    assert uploads(session) == []
    assert texts(units[ASK]) == []


def test_only_who_writes_in_the_language_takes_texts_along(translator, units):
    rio = translator("", (Role.REVIEWER, "ko"))
    assert rio.client.get(AT).status_code == 403
    assert rio.client.get(f"{AT}/download?kind=po").status_code == 403
    assert translator("", (Role.TRANSLATOR, "zh-Hans")).client.get(AT).status_code == 403


def test_what_was_taken_is_in_the_audit_log_without_the_text(translator, units, session):
    mina = translator()
    agree(mina, send(mina, po("청원에 서명")).text)
    session.rollback()
    query = select(AuditEntry).where(AuditEntry.act == "catalog.import").order_by(AuditEntry.id.desc())
    entry = session.scalars(query.limit(1)).one()
    assert entry.details == {"as": "draft", "count": 1, "language": "ko"}


@pytest.mark.parametrize(
    ("mine", "take_as", "outcome"),
    [
        (False, TakeAs.SUBMITTED, Outcome.SAME),
        (False, TakeAs.DRAFT, Outcome.SAME),
        (True, TakeAs.SUBMITTED, Outcome.SAME),
        (False, TakeAs.APPROVED, Outcome.TAKEN),
    ],
)
def test_a_text_that_waits_is_not_proposed_again(session, mine, take_as, outcome):
    domain = make_domain(begin_writing(session))
    author, other = make_account(session), make_account(session)
    unit = units_in(session, domain.id, "ko")[0]
    make_submitted(session, unit, "청원에 서명하기", by=author)
    entry = Entry(None, "Sign the petition", texts=("청원에 서명하기",))
    by = author.id if mine else other.id
    report = plan_import(session, domain, "ko", [entry], take_as=take_as, by=by)
    assert [line.outcome for line in report.lines] == [outcome]
    session.rollback()
