"""Makes constructed networks: who takes part (case.py, cases.py), and what is written (build.py, answers.py)."""
