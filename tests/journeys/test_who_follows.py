"""Messages in a browser: taken after a tap, shown, opened, ended; refused where none is let in.

No push service of any company stands in a test: what ``subscribe`` would bring from it is put in
its place, and a message is handed to the worker as the browser hands it over. All between is real.
"""

import json
from base64 import urlsafe_b64encode

import pytest
from playwright.sync_api import expect

from mobilizer.core.database import db
from mobilizer.follow.models import Followed, Follower

pytestmark = pytest.mark.browser

TAKE, END = "Take messages in this browser", "No more messages about this"
ENDPOINT = "https://push.example/send/of-hers"
#: A point of the curve, and a secret, as browsers tell them.
KEYS = {
    "p256dh": urlsafe_b64encode(bytes([4, *range(64)])).decode().rstrip("="),
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
}
#: In the place of a push service: remembers that it gave an address, and for which key.
SERVICE = f"""
const given = () => ({{
  endpoint: "{ENDPOINT}",
  toJSON: () => ({{ endpoint: "{ENDPOINT}", keys: {json.dumps(KEYS)} }}),
  unsubscribe: async () => {{ localStorage.removeItem("service"); return true; }},
}});
PushManager.prototype.subscribe = async function (options) {{
  const told = [options.userVisibleOnly, options.applicationServerKey.length];
  localStorage.setItem("service", JSON.stringify(told));
  return given();
}};
PushManager.prototype.getSubscription = async function () {{
  return localStorage.getItem("service") ? given() : null;
}};
"""
SHOWN = """navigator.serviceWorker.getRegistration("/follow/").then((one) => one.getNotifications())
  .then((all) => all.map((one) => [one.title, one.body, one.data.url]))"""
#: The worker holds on to the message it shows: where there is no place for messages, as on the
#: machines of tests, Chromium forgets it within a moment.
HOLDS_ON = """() => {
  globalThis.shown = undefined;
  registration.showNotification = async (...told) => {
    await ServiceWorkerRegistration.prototype.showNotification.apply(registration, told);
    [globalThis.shown] = await registration.getNotifications();
  };
}"""
#: What that message says, as soon as it is there.
TOLD = """async () => {
  for (let waited = 0; !globalThis.shown && waited < 2000; waited++) {
    await new Promise((wake) => setTimeout(wake, 20));
  }
  const { title, body, data } = globalThis.shown;
  return [title, body, data.url];
}"""
#: A tap on the message that is shown, and which page it opens.
TAPPED = """async () => {
  const opened = [];
  clients.openWindow = async (address) => { opened.push(address); };
  const notification = globalThis.shown;
  const waits = [];
  const event = new NotificationEvent("notificationclick", { notification });
  event.waitUntil = (promise) => waits.push(promise);
  dispatchEvent(event);
  await Promise.all(waits);
  return opened;
}"""


@pytest.fixture
def promise(site):
    with site.data() as make:
        return make.finding().promise.number


@pytest.fixture
def reader(cast):
    """Somebody whose browser lets messages in, and has a push service."""
    reader = cast.reader("mk")
    reader.tab.context.grant_permissions(["notifications"])
    reader.tab.add_init_script(SERVICE)
    return reader


def comes_to_follow(reader, promise):
    reader.opens(f"/mk/promises/{promise}")
    reader.follows("By e-mail, or as messages in the browser")


def followed(site):
    with site.app.app_context():
        return [(one.about.value, one.code) for one in db.session.scalars(db.select(Followed))]


def takes(reader, promise):
    comes_to_follow(reader, promise)
    reader.presses(TAKE)
    expect(reader.tab.get_by_role("button", name=reader.says(END))).to_be_visible()


def test_a_reader_takes_messages_about_a_promise_and_ends_them(site, reader, promise):
    takes(reader, promise)
    assert followed(site) == [("promises", str(promise))]
    assert json.loads(reader.tab.evaluate("localStorage.service")) == [True, 65]

    reader.tab.reload()
    reader.presses(END)
    expect(reader.tab.get_by_role("button", name=reader.says(TAKE))).to_be_visible()
    assert followed(site) == []
    with site.app.app_context():
        assert not db.session.scalars(db.select(Follower)).all()
    assert reader.tab.evaluate("localStorage.service") is None


def delivered(reader, site, message):
    """A message comes in, as the browser hands it to the worker."""
    session = reader.tab.context.new_cdp_session(reader.tab)
    found = []

    def note(told):
        found.append(told)

    session.on("ServiceWorker.workerRegistrationUpdated", note)
    session.send("ServiceWorker.enable")
    reader.tab.wait_for_function(
        "navigator.serviceWorker.getRegistration('/follow/').then((one) => one?.active)"
    )
    [registration] = found[0]["registrations"]
    told = {"origin": site.url, "registrationId": registration["registrationId"]}
    [worker] = reader.tab.context.service_workers
    worker.evaluate(HOLDS_ON)
    session.send("ServiceWorker.deliverPushMessage", {**told, "data": json.dumps(message)})
    return worker.evaluate(TOLD)


def test_a_message_is_shown_and_a_tap_opens_its_page_and_no_other_site(site, reader, promise):
    takes(reader, promise)
    where = f"/mk/promises/{promise}#finding-1"
    message = {"title": "1 нов наод", "body": "Тетово", "url": where, "tag": "follow"}
    assert delivered(reader, site, message) == ["1 нов наод", "Тетово", where]

    [worker] = reader.tab.context.service_workers
    assert worker.evaluate(TAPPED) == [site.url + where]
    assert reader.tab.evaluate(SHOWN) == []

    delivered(reader, site, {**message, "url": "https://evil.example/"})
    assert worker.evaluate(TAPPED) == []


def test_a_browser_that_lets_no_messages_in_says_so_and_nothing_is_kept(site, cast, promise):
    cast.window.expect("Push API in incognito mode")  # What Chromium notes of its own refusal.
    reader = cast.reader("sq")
    reader.opens(f"/sq/promises/{promise}")
    reader.follows("By e-mail, or as messages in the browser")
    reader.presses(TAKE)
    reader.reads("This browser does not let messages in. Its settings for this site say why.")
    expect(reader.tab.get_by_role("button", name=reader.says(TAKE))).to_be_visible()
    assert followed(site) == []


def test_without_script_the_page_offers_what_works(cast, promise):
    reader = cast.reader("sq", java_script_enabled=False)
    reader.opens(f"/sq/promises/{promise}")
    reader.follows("By e-mail, or as messages in the browser")
    reader.reads("Follow by e-mail")
    expect(reader.tab.locator("[data-follow]")).to_be_hidden()
