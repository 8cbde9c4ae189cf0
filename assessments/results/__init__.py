"""From counted answers to results: the pipeline, the frozen document, its advice and its files. Knows no request."""
