"""A hook of mkdocs: a link to a file that is in the repository, and not in docs/, is on the site its name alone."""

import re

OUTSIDE = re.compile(r"\[([^\]]+)\]\((\.\./[^)]+)\)")


def on_page_markdown(markdown, **_):
    """The page's text without such links."""
    return OUTSIDE.sub(r"\1", markdown)


def on_page_content(html, page, **_):
    """The page as it is; ValueError where a block of code was not understood as one."""
    if "```" in html:
        raise ValueError(f"{page.file.src_path}: a block of code is not understood")
    return html
