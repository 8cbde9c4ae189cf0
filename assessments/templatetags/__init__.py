"""What templates ask besides their context."""
