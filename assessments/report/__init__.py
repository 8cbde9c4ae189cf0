"""Makes the report of a round: one object with everything decided in it, for screen, PDF and the data behind them.

Knows no request and no page: `views/reports` shows what is made here.
"""
