""" "Back" that is a direction and no part of the body: "push it back a week", "call me back", "I'm back on Friday"."""

from __future__ import annotations

from collections.abc import Sequence

from sprechstunde.assistant.nlu.text import Word, folded_words

_BACK = folded_words("back")
_REACH = 6  # words between the verb and its "back": "move my check-up with Dr Weiss back"
_DIRECTED = folded_words(
    "push pushed pushing move moved moving put putting shift shifted shifting bring brought bringing take took taking "
    "set setting knock knocked go going went come coming came get getting got be been am im are were call calling "
    "called ring ringing rang phone text write writing wrote reply hear heard report reported send sent give gave "
    "switch switched change changed swap swapped bump bumped slide pull pulled drop pop popped fly flying travel "
    "welcome head heading return step years months weeks days while way"
)
# "My back", "for back trouble", "a sore back": what stands there names the body.
_BEFORE_THE_BODY = folded_words(
    "my the her his your our their a this that for about with of in bad sore lower upper painful stiff stif aching "
    "mums moms dads and or neck hurt hurts hurting problem pain"
)
_OF_THE_BODY = folded_words(
    "hurts hurt hurting aches ache aching is isnt kills killing pain pains problem problems trouble issue issues "
    "consultation check exam x-ray doctor specialist"
)


def is_direction(spoken: Sequence[Word], first: int, end: int) -> bool:
    """Whether the words `first` up to `end` are such a "back", led by a verb of its clause."""
    if end - first != 1 or spoken[first].folded not in _BACK:
        return False
    if first and spoken[first - 1].folded in _BEFORE_THE_BODY:
        return False
    if end < len(spoken) and spoken[end].folded in _OF_THE_BODY:
        return False
    clause = [word for word in spoken[max(0, first - _REACH) : first] if word.clause == spoken[first].clause]
    return any(word.folded in _DIRECTED for word in clause)
