"""What makes the sent form of a view do something, where an empty one would not."""

SAID = "Words that say what was seen, where, when and by whom."
LIFE = {"days": "3", "language": "sq"}
#: view -> what makes a sent form do something, where an empty one would not.
DATA = {
    "accounts.own": {"language": "sq", "alias": "Another alias"},
    "assignments.new": {
        "mobilizer": "{her}",
        "place": "{town_id}",
        "first_month": "2026-11",
        "last_month": "2026-12",
        "mentor": "",
    },
    "assignments.table": {
        "rows": "promise,mobilizer,place,first_month,last_month\n"
        "{checked},{her_name},{municipality},2026-11,2026-12",
        "step": "assign",
    },
    "assignments.withdraw": {"reason": "She moved away."},
    "board.change_over": {
        "of": "{her}",
        "to": "{other_id}",
        "first_month": "2026-12",
        "reason": "She moved away.",
        "step": "hand over",
    },
    "board.hand_over": {
        "mobilizer": "{other_id}",
        "first_month": "2026-12",
        "reason": "She moved away.",
    },
    "cycles.edit": {
        "name_en": "Another name",
        "level": "local",
        "first_month": "2026-09",
        "last_month": "2027-06",
        "opens_day": "20",
        "due_day": "28",
        "closes_day": "5",
        "time_zone": "Europe/Skopje",
        "mentors": "1",
        "least_rated": "5",
        "review_days": "7",
        "reply_days": "0",
        "answer_days": "15",
        "second_share": "10",
        "mobilizers_{region_id}": "2",
        "mobilizers_{far_id}": "2",
        "mobilizers_{east_id}": "3",
    },
    "cycles.extensions": {
        "user": "{her}",
        "month": "2026-10-01",
        "until": "2026-12-01",
        "reason": "She was ill.",
    },
    "cycles.new": {},
    "conversation.say": {"text": "Who said so?", "about": "rating"},
    "mentoring.edit": {
        "met_on": "2026-11-20",
        "minutes": "30",
        "subject": "Another subject",
        "advice": "",
        "next_step": "",
        "next_step_on": "",
    },
    "mentoring.new": {
        "mobilizer": "{posting}",
        "met_on": "2026-11-20",
        "minutes": "30",
        "subject": "Photos",
    },
    "agreement.give": {"rating": "kept", "reason": "The photo shows it."},
    "cycles.topic": {"name_en": "Another name"},
    "cycles.topics": {"name_en": "A new topic"},
    "monitoring.could_not": {"because": "no_access", "tried": SAID},
    "monitoring.same": {"tried": SAID},
    "monitoring.save": {"rating_reason": SAID + " Today."},
    "monitoring.save_evidence": {"link": "https://news.example/another"},
    "follow.follow": {"address": "another@mail.example", "pace": "weekly"},
    "follow.own": {"kept": "{followed_id}", "pace": "monthly", "language": "sq"},
    "people.add_posting": {
        "role": "mentor",
        "cycle": "{cycle_id}",
        "region": "{region_id}",
        "mentor": "",
    },
    "people.change_posting": {"region": "{far_id}", "mentor": ""},
    "people.invite": {
        "role": "mobilizer",
        "cycle": "{cycle_id}",
        "region": "{region_id}",
        "mentor": "",
        **LIFE,
    },
    "people.workshop": {"cycle": "{cycle_id}", **LIFE},
    "promises.decide": {"testability": "testable"},
    "promises.duplicate": {"seen": "{draft mark}", "duplicate_of": "{published}"},
    "promises.keep": {"exact_words": "Other words that nobody promised.", "go": "later"},
    "promises.publish": {"seen": "{checked mark}"},
    "promises.reopen": {"seen": "{checked mark}", "reason": "Its target is missing."},
    "review.reopen": {"reason": "The decree is of another year."},
    "people.absence": {
        "mentor": "{other mentor}",
        "first_day": "2027-03-01",
        "last_day": "2027-03-02",
    },
    "replies.contacts": {"address_{party_id}": "press@party.example", "language_{party_id}": "en"},
    "replies.decide": {"ruling": "publish"},
    "replies.make": {
        "about": "{finding}",
        "kind": "party",
        "addressee": "Road Party",
        "language": "en",
        "days": "7",
    },
    "reply.forgo": {"sure": "y"},
    "reply.send": {
        "text": "It was opened in May.",
        "body": "Road Party",
        "language": "en",
        "consent": "y",
    },
    "requests.close": {"outcome": "answer", "answer": "In May.", "language": "sq"},
    "requests.move": {"day": "2026-12-24"},
    "requests.publish": {"summary": ""},
    "review.decide": {"verdict": "return", "comment_whole": "Who said so?"},
}
#: view -> the field and the content of a file that is sent.
FILES = {"promises.keep_copy": ("copy", b"%PDF-1.7 another copy")}
#: What does nothing with so little: other tests look at the whole of it.
NEEDS_MORE = {
    "accounts.accept",  # a name and a password of one's own
    "accounts.come_back",  # a new password
    "accounts.enter",
    "accounts.password",
    "accounts.sign_out",
    "accounts.end_other_sessions",
    "ask.send",  # a stamp that is old enough
    "board.change_over",  # what was shown before
    "parcels.take",  # a file that a phone has made
    "cycles.new",  # the whole form of a cycle, in no cycle yet
    "follow.end_messages",  # a browser that takes messages
    "follow.take_messages",
    "people.reactivate",  # an account that was closed
    "people.sign_out",  # somebody who is signed in
    "reminders.end_messages",  # a browser that takes messages
    "reminders.take_messages",
    "review.approve_together",  # reports that say the same as last month
}
