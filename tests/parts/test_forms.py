"""Every field is tied to its label, its help and its faults; nothing typed is lost."""

import pytest
from wtforms import BooleanField, FieldList, FileField, FormField, StringField, TextAreaField
from wtforms import Form as Inner

from mobilizer.core.forms import Form, ManyField, OneField, choices, given
from mobilizer.scoring.rules import Rating
from tests.support.html import faults, text

FORMS = '{% from "parts/forms.html" import choice, errors, field, filters, steps, submit %}'
WHOLE = """<!doctype html><html lang="en"><title>x</title><main><h1>x</h1><form method="post">
{{ errors(form) }}{% for f in form %}{{ field(f, hint="Help") }}{% endfor %}{{ submit("Save") }}
</form></main></html>"""


class Indicator(Inner):
    unit = StringField("Unit", [given()])


class Report(Form):
    class Meta(Form.Meta):
        csrf = False

    title = StringField("Title", [given()])
    finding = TextAreaField("Finding", description="What you saw.")
    rating = OneField("Rating", validators=[given()], validate_choice=False)
    why = ManyField("Why", choices=["No money", "Unknown"])
    consent = BooleanField("The people shown agreed")
    photo = FileField("Photo")
    indicators = FieldList(FormField(Indicator), min_entries=2)


@pytest.fixture
def form(templates):
    """A way to make the form, as it came back from a browser."""

    def made(typed=None, *, checked=False):
        with templates.test_request_context("/en/", method="POST", data=typed or {}):
            form = Report()
            form.rating.choices = choices(Rating)
            if checked:
                form.validate()
        return form

    return made


@pytest.mark.parametrize("checked", [False, True])
def test_a_form_is_valid_html_whose_every_field_is_labelled(render, form, checked):
    source = render(FORMS + WHOLE, form=form(checked=checked))

    body = source.query("main")[0].to_html()
    page = f'<!doctype html><html lang="en"><head><title>x</title></head><body>{body}</body></html>'
    assert faults(page) == []


def test_help_is_tied_to_its_field(render, form):
    page = render(FORMS + '{{ field(form.title, hint="As in the source.") }}', form=form())
    (field,) = page.query("input")

    assert field.attrs["aria-describedby"] == "title-hint"
    assert text(page.query("#title-hint")[0]) == "As in the source."
    assert "aria-invalid" not in field.attrs


def test_a_fields_description_is_its_help(render, form):
    page = render(FORMS + "{{ field(form.finding) }}", form=form())

    assert text(page.query("#finding-hint")[0]) == "What you saw."


def test_a_fault_stands_beside_its_field_and_what_was_typed_stays(render, form):
    refused = form({"finding": "Paving reached the turn."}, checked=True)
    page = render(FORMS + "{{ field(form.title) }}{{ field(form.finding) }}", form=refused)
    (field,) = page.query("input")

    assert field.attrs["aria-invalid"] == "true"
    assert text(page.query(f"#{field.attrs['aria-describedby']}")[0]) == "This is needed."
    assert text(page.query("textarea")[0]) == "Paving reached the turn."


def test_only_what_may_be_left_out_is_called_optional(render, form):
    page = render(
        FORMS
        + "{{ field(form.title) }}{{ field(form.finding) }}{{ field(form.photo, optional=False) }}",
        form=form(),
    )

    assert [text(label) for label in page.query("label")] == [
        "Title",
        "Finding (optional)",
        "Photo",
    ]


@pytest.mark.parametrize("name", ["rating", "why"])
def test_radio_buttons_and_boxes_are_a_group_of_large_tiles(render, form, name):
    page = render(FORMS + "{{ field(f) }}", f=form()[name])

    assert text(page.query("fieldset > legend")[0]).startswith(name.capitalize())
    assert len(page.query(".choice > label > input")) == len(page.query("input")) > 1


def test_ratings_to_choose_from_bear_their_signs(render, form):
    page = render(FORMS + "{{ choice(form.rating, signs=True) }}", form=form())

    assert [glyph.attrs["class"] for glyph in page.query("label .glyph")] == [
        f"glyph is-{rating.css}" for rating in Rating
    ]


def test_above_a_refused_form_every_fault_leads_to_its_field(render, form):
    refused = form({"indicators-0-unit": "km", "indicators-1-unit": ""}, checked=True)
    refused.form_errors.append("One report a month.")
    page = render(FORMS + "{{ errors(form) }}", form=refused)

    assert page.query('[role="alert"]')
    assert [text(item) for item in page.query("li")] == [
        "One report a month.",
        "Title This is needed.",
        "Rating This is needed.",
        "Unit This is needed.",
    ]
    assert [link.attrs["href"] for link in page.query("a")] == [
        "#title",
        "#rating",
        "#indicators-1-unit",
    ]


def test_above_a_form_without_faults_stands_nothing(render, form):
    assert text(render(FORMS + "{{ errors(form) }}", form=form()).query("body")[0]) == ""


def test_further_arguments_become_attributes(render, form):
    page = render(FORMS + '{{ field(form.title, inputmode="decimal", rows=6) }}', form=form())

    assert page.query("input")[0].attrs["inputmode"] == "decimal"


def test_filters_are_sent_by_get_to_the_same_page(render):
    page = render(
        FORMS + '{% call filters(clear="/en/promises") %}x{% endcall %}',
        path="/en/promises?topic=a",
    )

    assert page.query("form")[0].attrs == {
        "method": "get", "action": "/en/promises", "class": "filters", "role": "search",
    }  # fmt: skip
    assert page.query('a[href="/en/promises"]')


def test_a_form_of_several_screens_says_which_one_this_is(render):
    page = render(FORMS + '{{ steps(["Words", "Source", "Check"], at=2) }}')

    assert text(page.query('[aria-current="step"]')[0]) == "Step 2 of 3 · Source"
    assert [text(item) for item in page.query("li.done")] == ["Words"]
