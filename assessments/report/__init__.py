"""The report of a round: one object with everything decided in it, for screen, PDF and the data behind them."""
