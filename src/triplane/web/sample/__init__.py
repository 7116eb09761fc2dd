"""The sample runner: somebody to look at before telling anything of one's own."""
