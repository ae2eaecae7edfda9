"""No log line says who somebody is."""

import json

from tests.factories import SLUG, filled_form, link_in
from tests.mails import sent_mails, text_of

ADDRESS = "canary.address@example.org"
NAME = "Canary Name"


def test_logs_hold_no_name_address_link_or_machine(client, app, capsys, monkeypatch):
    ask = {"environ_base": {"REMOTE_ADDR": "203.0.113.77"}, "headers": {"User-Agent": "CanaryAgent"}}
    for name in (NAME, "", NAME):
        client.post(
            f"/ko/appeals/{SLUG}/sign?q=canary", data=filled_form(app, email=ADDRESS, name=name), **ask
        )
    text = text_of(sent_mails(app)[0])
    confirm, withdraw = link_in(text, "confirm"), link_in(text, "withdraw")
    client.get(confirm, **ask)
    client.post(confirm, **ask)
    monkeypatch.setattr(app, "testing", False)
    monkeypatch.setattr("advocacy.public.links.withdraw", lambda *_args, **_kwargs: fail())
    assert client.post(withdraw, **ask).status_code == 500
    log = capsys.readouterr().err
    lines = [json.loads(line) for line in log.splitlines()]
    assert {line["event"] for line in lines} >= {"request", "mail.batch", "fault"}
    tokens = (confirm.rsplit("/", 1)[1], withdraw.rsplit("/", 1)[1])
    for secret in (ADDRESS, NAME, "canary", "Canary", "203.0.113.77", *tokens):
        assert secret not in log


def fail() -> None:
    raise RuntimeError(f"{ADDRESS} {NAME}")
