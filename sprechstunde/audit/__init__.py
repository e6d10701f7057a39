"""Who read or changed what, and when. Written in the transaction of the deed itself; never changed, never content."""
