"""Pages of the onderzoeker: published rounds and their figures."""
