"""The different texts of a column, and what can be said of all of them at once."""

from functools import cached_property

from ctanalysis.spelling import all_clean


class Words(list):
    """The different texts of a column."""

    @cached_property
    def clean(self):
        """Whether all are plain ASCII as spelling.cleaned() would leave them."""
        return all_clean(self)

    @cached_property
    def numbered(self):
        """Whether all end in a digit and none has a blank, as keys do: no such word is a total or a heading."""
        return all(end.isdigit() for end in {word[-1:] for word in self}) and " " not in "\0".join(self)

    @cached_property
    def blank(self):
        """The numbers of those that hold nothing, or nothing but blanks."""
        found = {""} if self.clean else {word for word in self if not word or word.isspace()}
        return [self.index(word) for word in found if word in self]
