"""Says in Dutch what follows from published figures, by rule. Knows no blocks, no database, no figure that is hidden.

A sentence claims only what the figures show, whatever is hidden or known as a limit alone: a test reads each of them
back, over thousands of networks, and holds it against the figures.
"""
