"""The staff's web app, the page on which patients read their results, and the door for laboratories."""
