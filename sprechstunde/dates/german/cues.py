"""What stands between and around expressions: fillers, corrections, refusals, words of the past."""

from __future__ import annotations

from sprechstunde.dates.language import cue
from sprechstunde.dates.text import fold

_FILLERS = [
    ",",
    "am",
    "an",
    "um",
    "den",
    "der",
    "die",
    "dem",
    "das",
    "im",
    "in",
    "ins",
    "so",
    "dann",
    "vielleicht",
    "gern",
    "gerne",
    "circa",
    "ca",
    "etwa",
    "gegen",
    "ungefähr",
    "uhr",
    "wäre",
    "ist",
    "passt",
    "geht",
    "ginge",
    "es",
    "mir",
    "nur",
    "am",
    "besten",
    "liebsten",
    "bevorzugt",
    "vorzugsweise",
    "irgendwann",
    "mal",
    "wenn",
    "wenns",
    "falls",
    "dann",
    "zwar",
    "also",
    "eher",
    "gut",
    "jeweils",
    "auch",
    "zu",
    "zum",
    "zur",
    "ein",
    "eine",
    "einen",
    "einem",
    "noch",
    "(",
    ")",
    "-",
    ":",
    '"',
    "möglichst",
    "möglich",
    "nen",
    "n",
    "könnte",
    "ich",
    "kann",
    "komme",
    "kommen",
    "hätte",
    "habe",
    "zeit",
    "da",
    "frei",
    "genau",
    "eventuell",
    "evtl",
    "sehr",
]
FILLERS = frozenset(fold(word) for word in _FILLERS)


CORRECTIONS = cue(
    r"(?<!\S)(nein|nee|ne|doch|doch lieber|lieber|sondern|äh|ähm|sorry|quatsch|moment|besser|"
    r"stattdessen|scherz|nur spaß|spaß beiseite|war nur spaß|vergessen sie das|vergiss das|dann nehme ich|"
    r"nehmen wir|dann nehmen wir|ich nehme dann|ach nein|ich meine|ich meinte|meinte|vielmehr|nicht doch|halt|"
    r"korrektur|statt)(?!\S)"
)
REFUSALS = cue(
    r"( (da|dann|doch|jetzt|nun|diesmal|ja|leider|bei mir|aber|eher|wirklich|ist|wäre|habe|hab|hätte|bin|"
    r"geht|ginge|passt|"
    r"klappt|klappts|gehts|kann|könnte|schaffe|ich|es|mir|uns|wir|können|gar|überhaupt|"
    r"halt|auch|so|immer|da|dort|das|schon))* (nicht(?! schlecht)|keine zeit|schlecht|ungünstig|"
    r"blöd|schwierig|unmöglich|nie|doof|nix|verhindert|unterwegs|im urlaub|verreist|"
    r"auf reisen|auf dienstreise|auf geschäftsreise|im ausland|abwesend|weg|kein)(?!\S)"
)
APPROVALS = cue(
    r"( (da|dann|aber|mir|uns|bei mir|auch|eher|schon|das|es|hingegen|dagegen))*"
    r" (wäre|wären|waere|ist|geht|gehen|ginge|passt|passen|klappt|kann ich|könnte ich|gern|gerne|lieber|besser)(?!\S)"
)
OWNED = cue(
    r"(?<!\S)(mein|meinen|meinem|meines|meins|unser|unseren|unserem|den|dem|der|diesen|dieser|"
    r"ihrem) ((?!ersten|nächsten|frühesten|letzten|frühest|ehesten)\S+ )?(termin|arzttermin|kontrolltermin|"
    r"impftermin|vorsorgetermin|terminen|termine|"
    r"besuch)"
    r"( (am|um|vom|von|für|ist|ist am|wäre|steht|war|habe ich|hab ich|,|der|den|ich|habe|hab|wäre|"
    r"in|an|aus|diese|dieser|diesen|dem|im))*$"
    r"|(?<!\S)(habe|hab|hatte|haben|hätten) (ja |schon |bereits |bei ihnen |eigentlich |"
    r"doch )*(einen|nen|n|schon einen) termin( \S+ \S+)?( (am|um|für|im|in|den|der))*$|"
    r"(?<!\S)(lieber|besser|eher) .*als( (am|um|den))*$|(?<!\S)(ergebnis\w*|befund\w*|blutwerte|"
    r"laborwerte|krankschreibung|krankmeldung|attest|rechnung|arztbrief|rezept|"
    r"überweisung|untersuchung|blutabnahme|blutbild|op|röntgenbilder) (vom|von|"
    r"am)( (der|dem))?$|(?<!\S)(statt|anstatt|anstelle)( (am|vom|von|um|des))*$"
)
OWNED_AROUND = cue(
    r"(?<!\S)(hatten|haben|hatte|habe|war|waren|ist|sind) (\S+ ){0,3}@ (\S+ ){0,2}(ausgemacht|vereinbart|abgemacht|"
    r"verabredet|eingetragen|vorgesehen|eingeplant|bekommen)(?!\S)|"
    r"(?<!\S)(ich muss|muss ich|ich soll|muss aber)( \S+)? @ (\S+ ){0,5}(sein|los|weg|zurück)(?!\S)|"
    r"(?<!\S)(mein|meinen|meinem|unser|unseren|den|der|ihren) @ (\S+ )?termin(?!\S)|(?<!\S)(hab|"
    r"habe|hätte eigentlich) (ich )?((schon|ja|doch|bereits) )?((am|um|für) )?(den )?@( (um|"
    r"gegen) \S+( uhr)?)?( schon| bereits)? ((einen|nen|n|meinen) (\S+ )?)?termin(?!\S)(?! frei)"
)
PAST = cue(
    r"(?<!\S)((wurde|wurden) (ich|er|sie|wir) (?:\S+ ){0,4}(entlassen|operiert|untersucht|geimpft|geröntgt|verletzt|"
    r"gebissen|gestochen|angefahren|behandelt)|angerufen(?! werden)|geworden|gegessen|gestürzt|verdreht|"
    r"verrenkt|verbrannt|verstaucht|gezerrt|gestoßen|verhoben|geprellt|ausgerutscht|"
    r"eingeklemmt|verbrüht|angesteckt|zugezogen|aufgeschürft|gefallen|hingefallen|umgeknickt|verletzt|operiert|passiert|angefangen|"
    r"verpasst|gebrochen|gestochen|gebissen|geschnitten|entlassen|begonnen|(war|waren) (ich|wir|"
    r"er|sie|da|bei)|(ich|wir|er|sie) (war|waren)|abgegeben|abgenommen|untersucht worden|geröntgt|"
    r"(op|operation|untersuchung|impfung|eingriff|geburt|unfall|blutabnahme) war|"
    r"(nicht|kaum|schlecht) (geschlafen|schlafen|atmen|liegen|laufen|auftreten)|erbrochen|verstorben|gestorben|"
    r"(wurde|wurden) (?:\S+ ){0,6}geimpft|schon geschrieben|regel war|"
    r"war (ein|eine|toll|super|schlimm|krank)|"
    r"gehustet|geblutet|gehabt|umgekippt|gekriegt|aufgewacht|"
    r"(kann|konnte) (ich|er|sie|wir) (?:\S+ ){0,2}(nicht|kaum|schlecht) (?:\S+ )?"
    r"(schlafen|atmen|liegen|laufen|auftreten)|"
    r"geboren|geb|geburtsdatum|geburtstag)(?!\S)"
)
MOVING = cue(
    r"(?<!\S)(verschieb\w*|vorverleg\w*|vorverschieb\w*|vorzuverleg\w*|verleg\w*|umbuch\w*|umleg\w*|tausch\w*|änder\w*|vorzieh\w*|"
    r"vorverleg\w*|umzubuch\w*|verschob\w*)(?!\S)"
)
# A part of the day beside these tells of what one has or takes, not of when one would like to come ...
HABITS = cue(
    r"(?<!\S)(\S*schmerz\w*|weh|husten\w*|huste|fieber|übel|schwindl\w*|schwindel|juckt|jucken|brennt|sodbrennen|"
    r"krämpfe|krampf|atemnot|schlafe|schwitze|aufwache|wach|wache|wachen|liege|schlimm\w*|tablette|tabletten|tropfen|kapsel\w*|"
    r"einnehm\w*|nüchtern eine|übungen|blutdruck|insulin|spritze|schüttelfrost|durchfall|wein|bier|"
    r"trinke|rauche|jogge|(?<!im )laufe|puls|messe|blutzucker|zucker|steif|normalerweise|gewöhnlich|frühstücke|"
    r"abendessen|esse|stehe|aufstehe|ins bett|weckt|wecken|weckte|dosis|mg|hub|frühstück|"
    r"nehme ich|ich nehme)(?!\S)"
)
# ... unless the clause asks for something.
WANTS = cue(
    r"(?<!\S)(\S*termin\w*|kommen|komme|komm|vorbei\w*|frei|geht|gehts|ginge|möchte|möcht|bräuchte|brauche|brauch|"
    r"hätte|hätten|würde|würd|könnte|könnten|kann|können|muss|müsste|soll|sollte|wäre|wär|passt|lieber|will|wollte|"
    r"sprechstunde|platz|möglich|bitte|anrufen|verschieben)(?!\S)"
)
# Where a clause may end without a comma, if what follows asks for something.
CONJUNCTIONS = frozenset({"und", "aber", "deshalb", "drum"})
CONTRASTS = frozenset({"nicht", "kein", "keine", "keinen", "statt", "sondern", "schlecht", "nix"})
CLOSED_AROUND = cue(
    r"(?<!\S)(sie haben|ihr habt)( \S+){0,3} @ (ja |leider |eh |wohl |sicher )?(zu|geschlossen) [,.;]|"
    r"@ (haben sie|habt ihr|ist) (\S+ )?(zu|geschlossen) [,.;]"
)
