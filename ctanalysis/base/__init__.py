"""What several rooms use: errors, whole replacements of folders, spelling, precision of numbers, workbooks."""
