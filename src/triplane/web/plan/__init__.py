"""The week is made, or looked at again after something happened."""
