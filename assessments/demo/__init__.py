"""Makes constructed networks to look around in: who takes part (case.py, cases.py), and what is written (build.py)."""
