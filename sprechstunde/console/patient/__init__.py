"""What a patient's browser gets to see: two checks, then her results. Staff's pages are elsewhere."""
