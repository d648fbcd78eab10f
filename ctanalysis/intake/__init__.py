"""What partners fill in and are told: the data check, entry templates, a new project's folder."""
