"""Times at which something else happens: work ends, a train leaves, a card arrives. "@" is the time itself.

They are no wishes, but an "after that" may point at them.
"""

from __future__ import annotations

from sprechstunde.dates.language import cue

_DUTIES = (
    r"(work|job|shift|school|class|classes|meeting|lecture|lectures|course|nursery|kindergarten|training|lesson|"
    r"lessons|practice|conference|uni|office)"
)
_EVENTS = (
    r"(exam|wedding|funeral|interview|flight|train|plane|bus|meeting|conference|court|class|lecture|shift|"
    r"night shift|early shift|late shift|driving test|parents evening|business trip|trip|school run)"
)
_NOT_WISHED = r"(?: (?!(?:can|could|would|prefer|free|please|id|need|like|want|appointment|slot)(?!\S))\S+)"
CONSTRAINTS = cue(
    rf"(?<!\S){_DUTIES} (starts?|begins?|runs|closes)"
    r"(?: \S+){0,2} @|"
    r"(?<!\S)(i|we|he|she|they|husband|wife|son|daughter|kids) (only |usually |normally |always |dont |wont )?"
    r"(get home|gets home|clock in|"
    rf"start|starts|get back|gets back|work|works|commute|teach){_NOT_WISHED}{{0,3}} @|"
    r"(?<!\S)(im|i am|were|we are|hes|shes) (working|commuting|teaching|travelling|traveling|flying|leaving|moving|"
    rf"driving|on call|on shift|at work|in the office){_NOT_WISHED}{{0,4}} @|"
    rf"(?<!\S)(have to|need to|must|got to|gotta|has to|needs to|supposed to) (catch|get|pick|drop|collect|go|leave|"
    rf"be (at|in|back|home|on|off|out)|start|work|return){_NOT_WISHED}{{0,5}} @|"
    rf"(?<!\S)(fly|flies|travel|depart|flying|departing){_NOT_WISHED}{{0,3}} @|"
    rf"(?<!\S)(leave|leaving|moving) (for|to) {_NOT_WISHED}{{0,2}} ?@|"
    rf"(?<!\S)(my|our|the|an?|his|her|their) {_EVENTS}( (is|leaves|goes|starts|departs|lands|isnt until))? @|"
    rf"@ (i|we|he|she) (have|has|had|got|have got) (an? |my |the |to be in )?(\S+ )?{_EVENTS}(?!\S)|"
    rf"@ (when|because|cos|since|as) (i|we) (have|have got|had|am in|am at) (an? |my |the )?({_EVENTS}|"
    rf"{_DUTIES})(?!\S)|"
    r"(?<!\S)(card|letter|parcel|package|delivery|glasses|medication|referral)"
    r" (will |should |is |are )?(arrives?|arriving|comes?|coming|be here|due|expected|ready)(?: \S+){0,2} @|"
    r"(?<!\S)(valid|expires?|expiring|runs? out|ran out|covers me|lasts)( \S+)? @|"
    r"(?<!\S)(kids|children|son|daughter|husband|wife|school|schools|holidays|term|half term|semester)"
    r" (is|are|has|have|starts?|begins?|break|breaks)( off| up| on holiday)?( from)? @|"
    r"(?<!\S)(on (nights|earlies|lates|shift|duty|call|antibiotics)|off sick|signed off|in hospital)( \S+)? @|"
    r"@ (i|we) (must|have to|need to)( to)? (go|leave|work|catch|get|be (at|in|back|off)|pick)(?!\S)"
)
