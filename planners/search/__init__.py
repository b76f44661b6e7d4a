"""Planning for those who search: the likeliest ground early, and the patterns of search crews."""
