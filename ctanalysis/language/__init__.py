"""The words of a language: one catalogue of messages each, without a decision in it. A language is a folder of words/.

What is said is decided in the rooms that say it: they name a message and hand it its parts. A message orders them, and
knows plural forms; it has no other branch, so that somebody who translates needs no Python.
"""

from ctanalysis.language.catalogue import languages, messages
from ctanalysis.language.speech import Speech, speech_of
from ctanalysis.language.worded import Worded

__all__ = ["Speech", "Worded", "languages", "messages", "speech_of"]
