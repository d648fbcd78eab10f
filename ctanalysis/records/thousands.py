"""Three digits behind a point or a comma: thousands, or decimals? It is asked, and neither is ever advised alone.

1,500 is 1500 or one and a half; 1.000 is a thousand or one. Who takes the wrong way is wrong by a factor of a thousand.
"""

import re

from ctanalysis.project.fields import Field

# 0.125 and 1500.125 can only be decimals, 1.500.000 only thousands.
EITHER = re.compile(r"-?[1-9][0-9]{0,2}([.,])([0-9]{3})")
_SAY = (  # of numbers that may have decimals
    'Say it for the field in datapackage.json: "decimalChar": "{mark}" where they are decimals, "groupChar": "{mark}" '
    'and "decimalChar": "{other}" where they are thousands'
)
_OF_WHOLE = (  # of whole numbers
    'Thousands or decimals? Ask who wrote it: where they are thousands, say "groupChar": "{mark}" and "decimalChar": '
    '"{other}" for the field in datapackage.json, or write a thousand as 1000; where they are decimals, write one as 1'
)
SAY, OF_WHOLE = (  # by the mark
    {mark: text.format(mark=mark, other=other) for mark, other in (".,", ",.")} for text in (_SAY, _OF_WHOLE)
)


def advice(schema: Field, word: str) -> str:
    """What to do about such a number that does not fit its field; empty for any other word.

    1.500 in a field of whole numbers can only be thousands, but for 1.000.
    """
    found = EITHER.fullmatch(word)
    if not found or (schema.type == "integer" and found[2] != "000"):
        return ""
    return (OF_WHOLE if schema.type == "integer" else SAY)[found[1]]
