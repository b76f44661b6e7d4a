"""Does a plan keep its promises? Nothing here makes plans."""
