"""The fourth screen: one to three things by which anybody can tell."""

from typing import Any

from wtforms import FieldList, FormField, RadioField, SelectField, StringField
from wtforms import Form as PlainForm
from wtforms.validators import Optional

from mobilizer.core.errors import RuleBroken
from mobilizer.core.forms import Form, ManyField, at_most, choices, translated
from mobilizer.core.language import lazy_gettext as _
from mobilizer.core.words import N_
from mobilizer.promises.forms.checks import Follows, date_of, stripped
from mobilizer.promises.forms.steps import Lines, Screen, fault, lines_of
from mobilizer.promises.rules import Frequency, Method, Unit
from mobilizer.promises.rules.dates import read_date
from mobilizer.promises.rules.values import (
    LONGEST_INDICATOR,
    MOST_INDICATORS,
    IndicatorValues,
    faults_of_indicator,
)


def _text(label: Any, longest: int, *more: Any) -> StringField:
    return StringField(label, [Optional(), at_most(longest), *more], filters=[stripped])


class IndicatorPart(PlainForm):
    """One indicator. One with nothing in its three main fields is not there."""

    class Meta(Form.Meta):
        """As every form of ours; its screen has the token."""

        csrf = False

    text = _text(_("Indicator"), LONGEST_INDICATOR)
    unit = SelectField(_("Unit"), [Optional()], default=Unit.NUMBER.value)
    unit_name = _text(_("What is counted"), 40)
    baseline = _text(_("Baseline"), 60)
    baseline_on = _text(_("Baseline as of"), 20, Follows(read_date))
    target = _text(_("Target as promised"), 60)
    methods = ManyField(_("How information is collected"), [Optional()])
    data_source = _text(_("Source of information"), 300)
    frequency = RadioField(_("How often"), [Optional()], default=Frequency.MONTHLY.value)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit.choices = choices(Unit)
        self.methods.choices = choices(Method)
        self.frequency.choices = choices(Frequency)

    @property
    def is_there(self) -> bool:
        """Whether anything is said of it."""
        return bool(self.text.data or self.target.data or self.baseline.data)

    def values(self) -> IndicatorValues:
        """What is said of it."""
        return IndicatorValues(
            text=self.text.data or "",
            unit=Unit(self.unit.data),
            unit_name=self.unit_name.data or "",
            baseline=self.baseline.data or "",
            baseline_on=date_of(self.baseline_on)[0],
            target=self.target.data or "",
            methods=tuple(Method(code) for code in self.methods.data or ()),
            data_source=self.data_source.data or "",
            frequency=Frequency(self.frequency.data),
        )

    def strike(self, broken: RuleBroken) -> None:
        """Put a broken rule beside the field it is about."""
        field = self[broken.field or "text"]
        field.errors = [*field.errors, translated(broken)]


class MeasureScreen(Screen):
    """The indicators."""

    name = "measure"

    indicators = FieldList(
        FormField(IndicatorPart, ""), "", min_entries=MOST_INDICATORS, max_entries=MOST_INDICATORS
    )

    def there(self) -> list[IndicatorPart]:
        """The indicators of which something is said."""
        return [entry.form for entry in self.indicators if entry.form.is_there]

    def validate(self, extra_validators: Any = None) -> bool:
        """Shape; each indicator complete and its values in its unit; at least one."""
        if not super().validate(extra_validators):
            return False
        there = self.there()
        if not there:
            first = self.indicators[0].form
            fault(first["text"], N_("Say by what anybody can tell whether it is kept."))
        for indicator in there:
            for broken in faults_of_indicator(indicator.values()):
                indicator.strike(broken)
        self.indicators.errors = [entry.errors for entry in self.indicators]
        return not any(self.indicators.errors)

    def lines(self) -> Lines:
        """The indicators one after the other."""
        return [line for indicator in self.there() for line in lines_of(indicator)]

    def part(self) -> dict[str, Any]:
        return {"indicators": tuple(indicator.values() for indicator in self.there())}
