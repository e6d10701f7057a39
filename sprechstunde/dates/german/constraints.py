"""Times at which something else happens: work ends, a train leaves, a card arrives. "@" is the time itself.

They are no wishes, but a "danach" may point at them.
"""

from __future__ import annotations

from sprechstunde.dates.language import cue

_DUTIES = (
    r"(arbeit|schule|schicht|frühschicht|spätschicht|nachtschicht|dienst|kurs|sprachkurs|kita|unterricht|meeting|"
    r"besprechung|vorlesung|uni|kindergarten|training|job|konferenz)"
)
_EVENTS = (
    r"(arbeitsbeginn|unterricht|vorlesung|meeting|zug|"
    r"flieger|flug|bus|bahn|training|hochzeit|prüfung|klausur|beerdigung|vorstellungsgespräch|gerichtstermin|"
    r"elternabend|umzug|abreise|rückflug|schicht|frühschicht|spätschicht|nachtschicht|kurs|dienstreise|einschulung)"
)
_NOT_WISHED = r"(?: (?!(?:kann|könnte|hätte|brauche|bräuchte|möchte|lieber|würde|termin|bitte)(?!\S))\S+)"
CONSTRAINTS = cue(
    rf"(?<!\S){_DUTIES} (beginnt|beginnen|fängt|startet|geht|hört|ist|dauert|los)(?: \S+){{0,2}} @|"
    rf"(?<!\S)(?<!vor der )(?<!vor dem )(?<!nach der )(?<!nach dem ){_EVENTS}"
    r"(?: (ist|geht|fährt|fliegt|startet|beginnt|habe|hab|haben|ich|wir|hat|er|sie|schon|erst|immer|meistens|meist))"
    r"{0,4} @|"
    rf"@ (?:(schon|noch|wieder|einen|eine|nen|ne|meine|meinen|die|der|den|immer|erst) ){{0,2}}{_EVENTS}(?!\S)|"
    rf"(?<!\S)(habe|hab|hat|haben) (ich |wir |er |sie )?@ (?:\S+ )?{_DUTIES}(?!\S)|"
    rf"(?<!\S)(?:muss|müssen|soll|darf|will) (ich|wir|er|sie)?{_NOT_WISHED}{{0,4}} ?@(?: \S+){{0,5}} "
    r"(arbeiten|abholen|losfahren|wegfahren|zum zug|zur arbeit|zum flughafen|zur schule|anfangen|schaffen|im büro)"
    r"(?!\S)|"
    rf"(?<!\S)(arbeite|arbeiten(?! sie)|arbeitet(?! ihr)|jobbe|pendle|pendel){_NOT_WISHED}{{0,4}} @|"
    r"(?<!\S)(bin|sind|ist) (ich |wir |er |sie )?@ (\S+ ){0,2}(auf arbeit|im büro|im dienst|auf montage|"
    r"arbeiten)(?!\S)|"
    r"@ (arbeite|arbeiten|arbeitet|pendle) (ich|wir|er|sie)(?!\S)|"
    rf"(?<!\S)(fliege|fliegen|fliegt|verreise|verreisen|reise|reisen|umziehen){_NOT_WISHED}{{0,3}} @|"
    r"(?<!\S)(fahre|fahren|ziehe|ziehen|fliegen) (ich|wir)? ?@ (\S+ )?(weg|um|los|urlaub|in|nach)(?!\S)|"
    r"@ (fliege|fliegen|verreise|verreisen|reise|reisen|fahre|fahren) (ich|wir|er|sie)(?!\S)|"
    r"@ (geht|fährt|startet) (der|die|das|mein|meine|unser|unsere|es) (\S+ )?"
    r"(zug|flieger|flug|bus|bahn|urlaub|schule|unterricht|los)(?!\S)|"
    r"(?<!\S)(karte|versichertenkarte|gesundheitskarte|brief|befund|paket|überweisung|brille|lieferung)"
    r" (kommt|kommen|trifft|wird|soll|sollte|kriege|bekomme)(?: \S+){0,3} @|"
    r"(?<!\S)(krankmeldung|krankschreibung|au|attest|rezept|verordnung|überweisung) (geht|gilt|läuft)( \S+)? @|"
    r"(?<!\S)(tabletten|medikamente|tropfen|spritzen|pillen|vorrat|insulin) (gehen|geht|reichen|reicht|sind|ist)"
    r"( \S+)? @|"
    r"(?<!\S)(habe|hab|haben|hat) (ich |noch |wieder )*(nachtschicht|frühschicht|spätschicht|spätdienst|frühdienst|"
    r"nachtdienst|bereitschaft)( \S+)? @|(?<!\S)(bin|ist|sind) (\S+ ){0,3}@ (\S+ )?(krankgeschrieben|"
    r"im krankenhaus|in reha|"
    r"auf reha|auf montage|auf fortbildung|auf schulung)(?!\S)|"
    r"(?<!\S)(gültig|läuft|laufen|gilt|gelten|reicht|reichen|befristet)( \S+)? @|@ (gültig|läuft|gilt)(?!\S)|"
    r"(?<!\S)(ferien|urlaub|schulferien|semester|kur|reha) (beginnen|beginnt|starten|startet|fangen|fängt|geht|gehen)"
    r"( \S+)? @|"
    r"@ (muss|müssen) (ich|wir|er|sie) (\S+ )?(weg|los|zum|zur|arbeiten|in|nach|wieder|fort)(?!\S)"
)
