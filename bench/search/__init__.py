"""Search beside MiniSearch and Pagefind on the magazine's own pages, and its weight in larger houses."""
