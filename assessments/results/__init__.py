"""Takes counted answers to results: the pipeline, the frozen document, its advice, its files. Knows no request."""
