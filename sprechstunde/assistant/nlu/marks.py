"""What the rules ahead of the classifier leave on a message for those behind them."""

from __future__ import annotations

RULED = "ruled_intent"
"""Message key: a rule ahead of the classifier has set the intent, and nothing may change it."""
HELD_BACK = "held_back"
"""Message key: the guards by which the rules found words of an emergency to be none (past, negated, checkup …)."""
ALARM_SHARE = "alarm_share"
"""Message key: how much of its certainty (0 to 1) the classifier gives to emergencies, whatever the rules say."""
