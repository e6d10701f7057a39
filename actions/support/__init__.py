"""What the actions share: the turn, the guard around every action, the filling of forms."""
