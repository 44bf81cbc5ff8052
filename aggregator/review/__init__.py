"""The review desk: the web page where a person decides. It computes nothing itself."""
