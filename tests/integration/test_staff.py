"""Staff sign in with a password and a code; guessing, old codes and forgotten browsers get nowhere."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sprechstunde import clock
from sprechstunde.audit import service as audit
from sprechstunde.db import transaction
from sprechstunde.staff import accounts, sign_in
from sprechstunde.staff.permissions import ROLES, may

PASSWORD = "correct horse battery"


@pytest.fixture
def nurse(database, frozen_clock):
    with transaction() as s:
        return accounts.add(s, login="nadja", name="Nadja Roth", role="nurse", password=PASSWORD)


def code(login="nadja"):
    with transaction() as s:
        return accounts.current_code(s, login)


def password(words=PASSWORD, login="nadja", address="10.0.0.1"):
    with transaction() as s:
        return sign_in.check_password(s, login, words, address)


def second(token, digits, address="10.0.0.1"):
    with transaction() as s:
        return sign_in.check_code(s, token, digits, address)


def who(token):
    with transaction() as s:
        return sign_in.session_of(s, token)


def test_password_and_code_sign_in(nurse):
    half = password()
    assert not who(half).is_complete
    token = second(half, code())
    assert (who(token).staff.name, who(token).is_complete) == ("Nadja Roth", True)
    assert who(half) is None, "the half session ends with the whole one"
    with transaction() as s:
        assert [deed.action for deed in audit.deeds(s, "staff", nurse.staff.id)] == [
            "signed_in",
            "staff_added",
        ]


def test_a_code_works_once(nurse):
    digits = code()
    assert second(password(), digits)
    assert second(password(), digits) is None
    clock.advance(timedelta(seconds=30))
    assert second(password(), code())


@pytest.mark.parametrize("words", ["", "wrong", PASSWORD.upper()])
def test_a_wrong_password_opens_nothing(nurse, words):
    assert password(words) is None


@pytest.mark.parametrize("login", ["nobody", "nur\0se", ""])
def test_an_unknown_login_is_answered_like_a_wrong_password(nurse, login):
    assert password(login=login) is None


def test_guessing_is_stopped_for_a_while_even_with_the_right_password(nurse):
    for _ in range(sign_in.MOST_FAILURES):
        password("wrong")
    with pytest.raises(sign_in.TooManyFailures):
        password()
    clock.advance(timedelta(minutes=15, seconds=1))
    assert password()


def test_guessing_codes_is_stopped_too(nurse):
    token = password()
    right = code()
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(sign_in.MOST_FAILURES):
        assert second(token, wrong) is None
    with pytest.raises(sign_in.TooManyFailures):
        second(token, right)


def test_one_address_that_tries_many_logins_is_stopped(nurse):
    for number in range(5 * sign_in.MOST_FAILURES):
        password("wrong", login=f"guess{number}")
    with pytest.raises(sign_in.TooManyFailures):
        password()
    assert password(address="10.0.0.2")


def test_a_forgotten_browser_is_signed_out(nurse):
    token = second(password(), code())
    clock.advance(timedelta(minutes=59))
    assert who(token)
    clock.advance(timedelta(hours=1, seconds=1))
    assert who(token) is None


def test_after_twelve_hours_even_a_busy_session_ends(nurse):
    token = second(password(), code())
    for _ in range(24):
        clock.advance(timedelta(minutes=30))
        assert who(token)
    clock.advance(timedelta(minutes=1))
    assert who(token) is None


def test_disabling_ends_the_account_and_its_sessions(nurse):
    token = second(password(), code())
    with transaction() as s:
        accounts.disable(s, "nadja")
    assert who(token) is None
    assert password() is None


def test_a_reset_makes_the_old_code_app_useless(nurse):
    old = code()
    with transaction() as s:
        accounts.reset(s, "nadja", "another long password")
    assert second(password("another long password"), old) is None or code() == old


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"login": "Nadja!"}, "login"),
        ({"login": "nadja"}, "already"),
        ({"role": "boss"}, "role"),
        ({"password": "short"}, "12 characters"),
        ({"password": "aaaaaaaaaaaaaa"}, "guess"),
        ({"password": "nadja2-nadja2-x"}, "guess"),
    ],
)
def test_what_makes_no_good_account_is_refused(nurse, changes, said):
    values = {"login": "nadja2", "name": "N", "role": "nurse", "password": PASSWORD, **changes}
    with pytest.raises(ValueError, match=said), transaction() as s:
        accounts.add(s, **values)


def test_a_receptionist_sees_no_result():
    assert not any(may("reception", one) for one in ("results_read", "results_answer", "results_release"))
    assert [role for role in ROLES if may(role, "results_release")] == ["doctor"]
    assert not may("somebody", "converse")
