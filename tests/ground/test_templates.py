"""`make check` finds what must not stand in a template."""

import pytest
from jinja2 import Environment

from checks import ROOT, Fault
from checks.templates import faults


@pytest.fixture
def found(tmp_path):
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)

    def of(source):
        file = tmp_path / "page.html"
        file.write_text(source, encoding="utf-8")
        return [(fault.line, fault.says) for fault in faults(file, environment)]

    return of


def test_a_good_template_passes(found):
    assert (
        found(
            """{% extends "base.html" %}
            {% from "parts/forms.html" import field %}
            <h1 class="a {% if x %}b{% endif %}">{{ _("Promises") }} · 14 %</h1>
            {% trans n=3 %}{{ n }} promises{% endtrans %}
            <a title="{{ _("Go") }}" href="/{{ lang }}/x">{{ name }}</a>
            <code>make run</code> Mobilizer
            {{ field(form.name, hint=_("Short.")) }}
            {# safe: drawn by us #}
            {{ drawing|safe }}"""
        )
        == []
    )


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("<p>\n\nHello</p>", "'Hello' is not in _()"),
        ("{% if x %}\n\n<p>Hello {{ name }}</p>{% endif %}", "is not in _()"),
        ("{% macro m() %}\n\n{{ name }} says{% endmacro %}", "is not in _()"),
        ("\n\n<img alt='A map'>", "alt='A map' is not in _()"),
        ("\n\n{{ 'Hello' }}", "'Hello' is not in _()"),
        ("\n\n{{ field(x, hint='Short.') }}", "hint='Short.' is not in _()"),
        ("\n\n<p style='x'></p>", "style=: the policy forbids it"),
        ("\n\n<p {{ a }} onclick='x'></p>", "onclick=: the policy forbids it"),
        ("\n\n<style></style>", "<style>"),
        ("\n\n<script></script>", "<script> without src"),
        ("\n\n<a href='javascript:x'></a>", "javascript:"),
        ("\n\n{{ x|safe }}", "goes around the escaping"),
        ("\n\n{% if x %}", "Unexpected end of template"),
    ],
)
def test_a_fault_is_found_on_its_line(found, source, says):
    assert [line for line, words in found(source) if says in words] == [3]


def test_faults_are_told_in_a_form_that_editors_follow():
    assert (
        str(Fault(ROOT / "templates" / "a.html", 3, "is wrong")) == "templates/a.html:3: is wrong"
    )


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_message_over_two_lines_is_looked_up_as_the_catalogues_hold_it(app):
    template = app.jinja_env.from_string("{% trans %}\n  One\n  message\n{% endtrans %}")

    assert template.render() == "One message"
