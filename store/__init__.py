"""What is true: the database, its named queries, and the one seam that writes."""
