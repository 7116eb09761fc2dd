"""The lunge clock and the lunge matrix."""
