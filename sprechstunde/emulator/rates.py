"""Meta's rates: 80 messages a second a number; to one patient one per 6 seconds with a burst of 45."""

from __future__ import annotations

import time
from collections.abc import Callable

from sprechstunde.emulator.config import Config
from sprechstunde.emulator.graph_errors import GraphError


class Bucket:
    """Holds `size` tokens, refilled at `rate` a second."""

    def __init__(self, size: float, rate: float, clock: Callable[[], float]) -> None:
        self._size, self._rate, self._clock = size, rate, clock
        self._tokens, self._at = size, clock()

    def take(self) -> bool:
        """True and one token less, or False when there is none."""
        now = self._clock()
        self._tokens = min(self._size, self._tokens + (now - self._at) * self._rate)
        self._at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


class Rates:
    """What may go out now. Real seconds count, not the demo's movable clock."""

    def __init__(self, config: Config, clock: Callable[[], float] = time.monotonic) -> None:
        self._config, self._clock = config, clock
        self.forget()

    def forget(self) -> None:
        """As if nothing had been sent."""
        self._number = Bucket(self._config.number_rate, self._config.number_rate, self._clock)
        self._pairs: dict[str, Bucket] = {}

    def spend(self, phone: str) -> None:
        """Count a message to `phone`. Raises GraphError 130429 or 131056."""
        if not self._config.strict_rates:
            return
        if not self._number.take():
            raise GraphError(130429)
        pair = self._pairs.get(phone)
        if pair is None:
            pair = Bucket(self._config.pair_burst, 1 / self._config.pair_interval, self._clock)
            self._pairs[phone] = pair
        if not pair.take():
            raise GraphError(131056)
