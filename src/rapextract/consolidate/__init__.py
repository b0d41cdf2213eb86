"""From the records of all reports to the rows of one dataset."""
