"""What partners fill in and get back: entry templates, the data check; and the folder of a new project."""
