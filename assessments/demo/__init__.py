"""Constructed networks to look around in: who takes part (case.py), and what is written of it (build.py)."""
