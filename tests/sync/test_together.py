"""What a phone sends twice at the same moment, or two phones: each thing comes in once."""

from contextvars import Context
from threading import Barrier, Thread

from mobilizer.core import clock
from mobilizer.core.database import db
from mobilizer.monitoring.models import Entry, Revision
from mobilizer.promises.models import Promise
from mobilizer.sync.models import Receipt
from tests.support.world import NOVEMBER
from tests.sync.phone import count, link, report, uid
from tests.sync.promising import promise


def at_once(app, phone, *requests):
    """Send all at the same moment; how each was answered."""
    db.session.commit()
    cookie = phone.page.client.get_cookie("mobilizer_session").value
    headers = {
        "X-Person": phone.person,
        "X-CSRFToken": phone.token,
        "Content-Type": "application/json",
    }
    all_there, answers = Barrier(len(requests)), []

    def send(address, body):
        client = app.test_client()
        client.set_cookie("mobilizer_session", cookie)
        all_there.wait()
        with clock.at(NOVEMBER):
            answer = client.put(address, json=body, headers=headers, buffered=True)
        answers.append((answer.status_code, answer.get_json()))

    threads = [Thread(target=Context().run, args=(send, *one)) for one in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers, key=lambda one: one[0])


def test_the_same_report_sent_twice_at_once_is_one_revision(app, make, phone):
    assignment = make.assignment()
    phone.sign_in(assignment.mobilizer)
    request = f"/sync/entries/{uid()}/revisions/1", report(assignment)
    answers = at_once(app, phone, *[request] * 4)
    assert [status for status, _ in answers] == [200, 200, 200, 201]
    assert all(receipt == answers[0][1] for _, receipt in answers)
    assert (count(Entry), count(Revision), count(Receipt)) == (1, 1, 1)


def test_other_content_under_one_name_at_once_is_one_revision_and_a_conflict(app, make, phone):
    assignment = make.assignment()
    phone.sign_in(assignment.mobilizer)
    address = f"/sync/entries/{uid()}/revisions/1"
    one, other = report(assignment), report(assignment, evidence=[link("https://a.example/b")])
    answers = at_once(app, phone, (address, one), (address, other))
    assert [status for status, _ in answers] == [201, 409]
    assert count(Revision) == 1


def test_two_phones_that_begin_the_same_month_at_once_share_one_entry(app, make, phone):
    assignment = make.assignment()
    phone.sign_in(assignment.mobilizer)
    requests = [
        (f"/sync/entries/{uid()}/revisions/1", report(assignment, evidence=[link(address)]))
        for address in ("https://a.example/a", "https://a.example/b")
    ]
    answers = at_once(app, phone, *requests)
    assert [status for status, _ in answers] == [201, 201]
    assert len({receipt["entry"]["id"] for _, receipt in answers}) == 1
    assert (count(Entry), count(Revision), count(Receipt)) == (1, 2, 2)


def test_the_same_name_for_two_months_at_once_is_one_entry_and_a_conflict(app, make, phone):
    assignment = make.assignment()
    other = make.assignment(assignment.mobilizer)
    phone.sign_in(assignment.mobilizer)
    address = f"/sync/entries/{uid()}/revisions/1"
    requests = [(address, report(one)) for one in (assignment, other)]
    answers = at_once(app, phone, *requests)
    assert [status for status, _ in answers] == [201, 409]
    assert count(Entry) == 1


def test_the_same_promise_sent_twice_at_once_is_one_promise(app, make, phone):
    user = make.mobilizer()
    phone.sign_in(user)
    request = f"/sync/promises/{uid()}", promise(make)
    answers = at_once(app, phone, request, request)
    assert [status for status, _ in answers] == [200, 201]
    assert (count(Promise), count(Receipt)) == (1, 1)
