"""Topics: taken over in one tap, added, renamed, and removed while no promise uses them."""

from sqlalchemy import select

from mobilizer.core.database import db
from mobilizer.cycles.models import Topic


def test_ready_topics_come_in_one_tap_and_a_second_tap_adds_none(make, page):
    cycle = make.cycle("hers", topics=("education",))
    page.sign_in(make.coordinator(cycle=cycle))

    page.get("cycles.topics", code="hers")
    page.post("cycles.add_ready_topics", code="hers")
    page.post("cycles.add_ready_topics", code="hers")

    topics = db.session.scalars(select(Topic).where(Topic.cycle_id == cycle.id)).all()
    assert len(topics) == 14
    health = next(topic for topic in topics if topic.code == "health")
    assert health.names == {
        "en": "Health",
        "sq": "Shëndetësi",
        "mk": "Здравство",
        "sr": "Zdravstvo",
    }


def test_a_topic_is_added_once_and_renamed(make, page):
    cycle = make.cycle("hers", topics=())
    page.sign_in(make.coordinator(cycle=cycle))

    page.post("cycles.topics", code="hers", data={"name_en": "Roads & bridges", "name_sq": "Rrugë"})
    again = page.post("cycles.topics", code="hers", data={"name_en": "Roads, bridges"}, expect=200)
    page.post("cycles.topic", code="hers", topic_code="roads-bridges", data={"name_en": "Roads"})

    assert "There is a topic of this name already." in again
    topic = db.session.scalars(select(Topic)).one()
    assert (topic.code, topic.names) == ("roads-bridges", {"en": "Roads"})


def test_a_topic_in_use_is_not_removed(make, page, verbs):
    cycle = make.cycle("hers", topics=("education", "health"))
    make.promise(cycle=cycle, topic=make.topic("education", cycle=cycle))
    page.sign_in(make.coordinator(cycle=cycle))

    page.get("cycles.topic", code="hers", topic_code="education")
    used = page.post("cycles.remove_topic", code="hers", topic_code="education", expect=409)
    page.get("cycles.topic", code="hers", topic_code="health")
    page.post("cycles.remove_topic", code="hers", topic_code="health")

    assert "Promises stand under this topic" in used
    assert [topic.code for topic in db.session.scalars(select(Topic))] == ["education"]
    assert verbs().count("topic.remove") == 1


def test_a_topic_of_another_cycle_is_not_there(make, page):
    make.cycle("theirs", topics=("water",))
    page.sign_in(make.coordinator(cycle=make.cycle("hers", topics=())))

    page.get("cycles.topic", code="hers", topic_code="water", expect=404)
    page.get("cycles.topic", code="theirs", topic_code="water", expect=404)


def test_of_two_presses_of_one_button_one_topic_comes_and_neither_is_refused(make, page, verbs):
    page.sign_in(make.coordinator(cycle=make.cycle("hers", topics=())))
    page.get("cycles.topics", code="hers")
    for _ in range(2):
        page.post("cycles.topics", code="hers", data={"name_en": "Roads"})
    assert verbs().count("topic.add") == 1
