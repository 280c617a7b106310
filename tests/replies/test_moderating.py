"""What a coordinator does with a reply, and what the public then reads."""

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError

from mobilizer.core.database import db
from mobilizer.core.errors import RuleBroken
from mobilizer.replies.actions import decide
from mobilizer.replies.models import Reply, ReplyRuling
from mobilizer.replies.rules import Ground, Ruling
from mobilizer.scorecards.queries import board

WORDS = "Shkolla u hap në maj."


def test_a_published_reply_stands_beside_its_finding_in_its_own_language(make, page):
    reply = make.reply(text=WORDS, language="sq", function="press office", body="Partia e Rrugës")
    promise = reply.link.promise
    public = {"lang": "en", "number": promise.number}
    assert WORDS not in page.get("scorecards.promise", **public)
    page.sign_in(make.coordinator())

    page.post("replies.decide", reply_id=reply.id, data={"ruling": "publish"})

    page.sign_out()
    shown = page.get("scorecards.promise", **public)
    beside = shown.query(f"#finding-{reply.link.about} section")[0]
    assert beside.query("[lang=sq]")
    assert WORDS in shown
    assert "Reply by Road Party" in shown
    assert "signed “Partia e Rrugës” · press office · 22 November 2026" in shown
    assert "(in Albanian)" in shown


def test_a_reply_is_that_of_the_body_that_was_asked_whatever_name_was_typed(make, page):
    reply = make.published_reply(body="Government of Skopje", addressee="Road Party")
    public = {"lang": "en", "number": reply.link.promise.number}

    assert "Reply by Government" not in page.get("scorecards.promise", **public)
    (told,) = page.get("api.listing", name="replies").json
    assert (told["body"], told["signed"]) == ("Road Party", "Government of Skopje")
    page.sign_in(make.coordinator())
    assert "signed “Government of Skopje”" in page.get("replies.show", reply_id=reply.id)


def test_a_party_that_was_asked_is_named_in_the_language_of_the_page(make, page):
    road = make.party(names={"en": "Road Party", "sq": "Partia e Rrugës"})
    about = make.finding(make.promise(party=road))
    make.published_reply(about, addressee="Road Party")
    public = {"number": about.promise.number}

    assert "Përgjigje nga Partia e Rrugës" in page.get("scorecards.promise", lang="sq", **public)
    assert "Reply by Road Party" in page.get("scorecards.promise", lang="en", **public)


def test_a_body_that_signs_by_its_own_name_is_named_once(make, page):
    reply = make.published_reply()

    shown = page.get("scorecards.promise", lang="en", number=reply.link.promise.number)

    assert "signed" not in shown.texts(f"#finding-{reply.link.about}")[0]


def test_a_published_reply_is_data_too(make, page):
    reply = make.published_reply(text=WORDS, language="sq")
    make.declined_reply(text="You liars.")
    make.reply(text="It waits.")
    number = reply.link.promise.number

    listed = page.get("api.listing", name="replies").json
    one = page.get("api.promise", number=number).json["replies"]

    assert one == listed
    assert [row["text"] for row in listed] == [WORDS]
    assert (listed[0]["finding"], listed[0]["promise"]) == (reply.link.about, number)
    assert listed[0]["published_on"] == "2026-11-22"
    assert "number" not in listed[0]
    assert WORDS in page.get("api.file", name="replies", form="csv").source


def test_a_declined_reply_is_nowhere_in_public_and_its_reason_stays_inside(make, page):
    link, token = make.reply_link()
    page.post(
        "reply.send",
        secret=token,
        data={"text": "You liars.", "body": "Road Party", "language": "en", "consent": "y"},
    )
    reply = db.session.scalars(select(Reply)).one()
    page.sign_in(make.coordinator())

    page.post(
        "replies.decide",
        reply_id=reply.id,
        data={"ruling": "decline", "ground": "insult", "reason": "Names a volunteer."},
    )

    page.sign_out()
    public = page.get("scorecards.promise", lang="en", number=link.promise.number)
    theirs = page.get("reply.answer", secret=token)
    assert "You liars." not in public
    assert "It insults or threatens" in theirs
    assert "Names a volunteer." not in theirs


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "ruling"),
        ({"ruling": "edit"}, "ruling"),
        ({"ruling": "decline", "reason": "Kept words"}, "ground"),
        ({"ruling": "decline", "ground": "boring", "reason": "Kept words"}, "ground"),
        ({"ruling": "decline", "ground": "insult"}, "reason"),
        ({"ruling": "decline", "ground": "insult", "reason": "x" * 601}, "reason"),
    ],
)
def test_a_decision_that_lacks_something_is_refused_and_nothing_is_lost(make, page, typed, field):
    reply = make.reply()
    page.sign_in(make.coordinator())

    shown = page.post("replies.decide", reply_id=reply.id, data=typed, expect=422)

    assert shown.query(f"#{field}-error")
    assert typed.get("reason", "") in shown.texts("textarea")[0]
    assert not db.session.scalars(select(ReplyRuling)).all()


def test_a_reply_is_decided_on_once(make, page):
    reply, cora = make.reply(), make.coordinator()
    first = decide(reply, Ruling.PUBLISH, by=cora)

    assert decide(reply, Ruling.PUBLISH, by=cora) is first
    with pytest.raises(RuleBroken):
        decide(reply, Ruling.DECLINE, Ground.INSULT, "Too late.", by=cora)

    page.sign_in(cora)
    late = {"ruling": "decline", "ground": "insult", "reason": "Too late."}
    shown = page.post("replies.decide", reply_id=reply.id, data=late, expect=422)
    assert "decided already" in shown
    assert "Too late." in shown


def test_a_decline_on_another_ground_is_told_that_it_was_decided(make):
    reply, cora = make.reply(), make.coordinator()
    first = decide(reply, Ruling.DECLINE, Ground.INSULT, "It calls names.", by=cora)

    assert decide(reply, Ruling.DECLINE, Ground.INSULT, "It calls names.", by=cora) is first
    with pytest.raises(RuleBroken):
        decide(reply, Ruling.DECLINE, Ground.PERSONAL, "It has a number.", by=cora)


def test_the_moderator_is_warned_of_names_of_people_of_the_cycle(make, page):
    her = make.mobilizer(full_name="Мирјана Тајновска", alias="Eyes of Polog")
    make.user(full_name="Somebody Elsewhere")
    reply = make.reply(text="We know Mirjana. Somebody told us.")
    page.sign_in(make.coordinator())

    shown = page.get("replies.show", reply_id=reply.id)

    assert shown.texts(".notice.warning li") == [her.full_name]


def test_no_warning_where_nobody_is_named(make, page):
    make.mobilizer(full_name="Мирјана Тајновска")
    reply = make.reply()
    page.sign_in(make.coordinator())

    assert not page.get("replies.show", reply_id=reply.id).query(".notice.warning")


def test_a_reply_changes_no_score(make):
    finding = make.finding(rating="broken")
    before = board(finding.promise.cycle).overall
    make.published_reply(finding)

    assert board(finding.promise.cycle).overall == before


@pytest.mark.parametrize("model", [Reply, ReplyRuling])
@pytest.mark.parametrize("step", ["update", "delete"])
def test_the_database_refuses_to_change_what_a_body_wrote(make, model, step):
    make.published_reply()
    db.session.commit()
    change = delete(model) if step == "delete" else update(model).values(id=99)

    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(change)
    db.session.rollback()
