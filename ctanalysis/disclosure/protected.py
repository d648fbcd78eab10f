"""The type of what may be told. It does not contain what may not."""

_GATE = object()  # held by the gate alone


class Protected:
    """Values that went through the gate, as a tidy frame (see indicators.values.COLUMNS).

    status adds "rounded", "fewer than 10" (the policy's number) and "withheld" to what exact
    values have; where it is one of the last two, value, numerator and denominator are empty.
    """

    __slots__ = ("_values",)

    def __init__(self, values, gate=None):
        if gate is not _GATE:
            raise TypeError("only disclosure.protect makes Protected values")
        object.__setattr__(self, "_values", values)

    def __setattr__(self, name, value):
        raise AttributeError("Protected values cannot be changed")

    @property
    def values(self):
        """A copy of the frame, to look at and to calculate with."""
        return self._values.copy()

    def where(self, **conditions):
        """Those of the values whose columns equal the conditions, Protected too."""
        values = self._values
        for column, wanted in conditions.items():
            values = values[values[column] == wanted]
        return Protected(values.reset_index(drop=True), _GATE)

    def apart(self, column, wanted):
        """Those of the values whose column is as wanted, and the others."""
        same = self._values[column] == wanted
        return tuple(Protected(self._values[chosen].reset_index(drop=True), _GATE) for chosen in (same, ~same))

    def derive(self, calculation):
        """What is calculated from values that may be told may be told: Protected of calculation(frame)."""
        return Protected(calculation(self.values), _GATE)

    def __len__(self):
        return len(self._values)

    def _repr_html_(self):
        return self._values._repr_html_()

    def __repr__(self):
        return repr(self._values)


def released(frame):
    """The gate's own door: a frame that has been protected becomes Protected."""
    return Protected(frame, _GATE)


def only_protected(values):
    """The frame of Protected values, for whoever tells them. TypeError for anything else."""
    if not isinstance(values, Protected):
        raise TypeError(
            f"only Protected values can be told, not {type(values).__name__}: pass them through disclosure.protect"
        )
    return values.values
