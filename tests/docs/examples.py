"""An extension of mkdocstrings: the examples of a docstring are code on the page, their lines below each other."""

import griffe


class Examples(griffe.Extension):
    """Puts each example between fences."""

    def on_object(self, *, obj, **_):
        if obj.docstring and not obj.is_alias:
            obj.docstring.value = fenced(obj.docstring.value)


def fenced(text):
    """A docstring whose paragraphs that begin with >>> are fenced."""
    parts = text.split("\n\n")
    return "\n\n".join(f"```pycon\n{part}\n```" if part.lstrip().startswith(">>>") else part for part in parts)
