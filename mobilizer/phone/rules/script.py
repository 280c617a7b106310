"""The phone's script: small modules in ``static/js/field/``, served as one, as the stylesheet is.

On a slow line each file costs a round trip more than its bytes do, and two builds must never mix.
What is written stays what runs: each module becomes a function that is called when it is first
needed; comments and indentation go. It takes the few forms of ``import`` and ``export`` that
stand in our modules, and refuses any other.
"""

import re
from collections.abc import Mapping

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?(?:const|let|function|class)) (\w+)", re.MULTILINE)
_LEFT_OVER = re.compile(r"^(?:import|export)\b", re.MULTILINE)
_COMMENTS = re.compile(r"^\s*(?:/\*\*(?:(?!\*/)[\s\S])*\*/\s*$|//.*$)", re.MULTILINE)
_INDENTATION = re.compile(r"\s*\n\s*")

_NEED = "const known = {}, make = {}, need = (name) => (known[name] ??= make[name]());"
#: The page made for being offline holds this template, and no other page does.
_BEGIN = 'need(document.querySelector("template#report") ? "shell" : "home");'


class NotBundled(ValueError):
    """A module imports or exports in a form that is not taken."""


def bundled(modules: Mapping[str, str]) -> str:
    """All modules in one text that begins with the right one for its page.

    Raises:
        NotBundled: a module is written in a form that is not taken, or needs one that is not there.
    """
    made = [f"make.{name} = () => {{{_made(name, modules)}}};" for name in modules]
    return "\n".join(['"use strict";', "{", _NEED, *made, _BEGIN, "}"])


def _made(name: str, modules: Mapping[str, str]) -> str:
    source = _COMMENTS.sub("", modules[name])
    for _, needed in _IMPORT.findall(source):
        if needed not in modules:
            raise NotBundled(f"{name}.js needs {needed}.js, which is not there.")
    given = [exported for _, exported in _EXPORT.findall(source)]
    source = _IMPORT.sub(lambda one: f"const {{{one[1]}}} = need({one[2]!r});\n", source)
    source = _EXPORT.sub(r"\1 \2", source)
    if left := _LEFT_OVER.search(source):
        raise NotBundled(f"{name}.js: {source[left.start() :].splitlines()[0]}")
    return _INDENTATION.sub("\n", f"{source}\nreturn {{{', '.join(given)}}};").strip()
