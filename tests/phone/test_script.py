"""Modules put together: each runs once, when first needed; another form than ours is refused."""

import pytest

from mobilizer.phone.rules.script import NotBundled, bundled

WORDS = '/** What it says. */\nexport const say = (word) => word;\nexport const language = "en";\n'
HOME = 'import { say } from "./words.js";\n// It begins here.\nsay("hello");\n'


def test_a_module_gives_what_it_exports():
    text = bundled({"words": WORDS, "home": HOME})
    assert "return {say, language};" in text
    assert "const { say } = need('words');" in text.replace("{say}", "{ say }")


def test_comments_and_indentation_go():
    text = bundled({"words": WORDS, "home": "if (true) {\n    // why\n    go();\n}\n"})
    assert "What it says" not in text
    assert "why" not in text
    assert "{\ngo();\n}" in text


def test_an_address_is_no_comment():
    assert 'const at = "https://a.example";' in bundled({"home": 'const at = "https://a.example";'})


@pytest.mark.parametrize(
    "source",
    [
        'import all from "./words.js";\n',
        'import * as words from "./words.js";\n',
        'export { say } from "./words.js";\n',
        "export default 1;\n",
    ],
)
def test_another_form_is_refused(source):
    with pytest.raises(NotBundled):
        bundled({"words": WORDS, "home": source})


def test_a_module_that_is_not_there_is_refused():
    with pytest.raises(NotBundled, match=r"words\.js, which is not there"):
        bundled({"home": HOME})
