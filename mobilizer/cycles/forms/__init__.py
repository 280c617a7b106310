"""What is typed about a cycle, its topics and its extensions."""

from mobilizer.cycles.forms.fields import MonthField, NamedForm
from mobilizer.cycles.forms.settings import CycleForm, form_for
from mobilizer.cycles.forms.within import ExtensionForm, RenameForm, TopicForm

__all__ = [
    "CycleForm",
    "ExtensionForm",
    "MonthField",
    "NamedForm",
    "RenameForm",
    "TopicForm",
    "form_for",
]
