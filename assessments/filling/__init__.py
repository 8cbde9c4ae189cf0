"""What somebody behind a link fills in: who it is, what is asked, what is saved. Knows no report and no page."""
