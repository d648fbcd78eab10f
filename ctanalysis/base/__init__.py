"""What several rooms use: types of arrays, errors, precision of numbers, replaced folders, spelling, workbooks."""
