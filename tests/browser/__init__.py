"""JupyterLab and the pages of reports in a real browser, by make test-browser."""
