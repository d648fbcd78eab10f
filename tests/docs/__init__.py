"""The pages of docs/: tutorials that run, the data dictionary, the site."""
