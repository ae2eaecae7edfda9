import pytest
from sqlalchemy import select

from advocacy import create_app
from advocacy.config import read_settings
from advocacy.extensions import db
from advocacy.models import Signature
from advocacy.rules.consents import Consent
from tests.factories import SLUG, filled_form
from tests.pages import errors_in

PATH = f"/ko/appeals/{SLUG}"


@pytest.fixture(scope="module")
def abroad(tmp_path_factory, new_platform):
    environ = {
        **new_platform(tmp_path_factory.mktemp("abroad"), "abroad"),
        "ADVOCACY_HOSTING_COUNTRY": "DE",
    }
    app = create_app(read_settings(environ))
    yield app
    with app.app_context():
        db.engine.dispose()


def test_a_transfer_abroad_is_asked_for_by_itself_and_names_the_country(abroad):
    page = abroad.test_client().get(PATH).text
    assert "이 사이트의 서버가 있는 독일에 제 정보를 이전하여 보관하는 데 동의합니다." in page


def test_nobody_signs_without_agreeing_to_it(abroad):
    client = abroad.test_client()
    refused = client.post(f"{PATH}/sign", data=filled_form(abroad))
    assert (refused.status_code, errors_in(refused.text)) == (
        422,
        ["서명하려면 이 항목에 동의해 주세요: 국외 이전."],
    )
    assert client.post(f"{PATH}/sign", data=filled_form(abroad, agree_transfer="yes")).status_code == 303
    with abroad.app_context():
        assert Consent.TRANSFER in (db.session().scalars(select(Signature.consents)).one() or {})


def test_it_is_not_asked_for_where_nothing_is_transferred(client, app):
    assert "agree_transfer" not in client.get(PATH).text
    assert client.post(f"{PATH}/sign", data=filled_form(app)).status_code == 303
