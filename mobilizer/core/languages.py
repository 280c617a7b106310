"""Which languages there are: those of the interface, and some in which sources are written."""

from mobilizer.core.words import N_, Word

#: The languages of the interface, in the order in which they are offered.
LANGUAGES = ("en", "sq", "mk", "sr")

#: A language as HTML's ``lang`` wants it, where that is not its code.
TAGS = {"sr": "sr-Latn"}


class Language(Word):
    """A language something can be written in: those of the interface, and some sources' own."""

    ENGLISH = "en", N_("English")
    ALBANIAN = "sq", N_("Albanian")
    MACEDONIAN = "mk", N_("Macedonian")
    SERBIAN = "sr", N_("Serbian")
    TURKISH = "tr", N_("Turkish")
    SPANISH = "es", N_("Spanish")


#: What stands beside a text that is shown in another language than the page's.
IN_LANGUAGE = {
    "en": N_("in English"),
    "sq": N_("in Albanian"),
    "mk": N_("in Macedonian"),
    "sr": N_("in Serbian"),
    "tr": N_("in Turkish"),
    "es": N_("in Spanish"),
}
