"""What looks like a time and is none: greetings, doses, the past, numbers of other things."""

from __future__ import annotations

from sprechstunde.dates import builders as build
from sprechstunde.dates.atoms import Op
from sprechstunde.dates.language import Rule

SKIPPED = [
    Rule(
        "greeting",
        r"(guten|gutn|schönen|schoenen|n schönen) (morgen|tag|abend|mittag|nachmittag|nacht|vormittag|"
        r"montag|freitag|sonntag)",
        build.op(Op.SKIP),
    ),
    Rule(
        "morning_all",
        r"(?<!\S )(morgen|abend)( ,)? (zusammen|allerseits|liebes|liebe|ihr lieben)",
        build.op(Op.SKIP),
    ),
    Rule(
        "wish",
        r"(schönes|schönen|schöne|erholsames|erholsamen) (wochenende|we|feierabend|abend|tag|"
        r"urlaub|woche|resturlaub)( noch)?",
        build.op(Op.SKIP),
    ),
    Rule(
        "goodbye",
        r"(danke|tschüss|tschüs|ok|gut|ciao|super)( ,| !| \.)? (dann )?bis (morgen|{weekday}|dann|"
        r"später|nächste woche)",
        build.op(Op.SKIP),
    ),
    Rule("festive", r"(frohe|schöne|gesegnete) (weihnachten|ostern|feiertage|pfingsten)", build.op(Op.SKIP)),
    Rule(
        "dose",
        r"{n} (x|mal|mg|ml|g|kg|cm|tabletten|tablette|kapseln|kapsel|tropfen|"
        r"stück|hub)( {unit}| täglich| am tag| pro tag|"
        r" die woche| in der woche)?(( ,| und| oder)? ({n} )?(morgens|abends|mittags|nachts|früh))*",
        build.op(Op.SKIP),
    ),
    Rule(
        "long_measure",
        r"(24|48|72) (uhr|stunden) (- )?(blutdruck|ekg|blutdruckmessung|messung|urin|gerät|"
        r"bereitschaft|dienst)",
        build.op(Op.SKIP),
    ),
    Rule("out_of_ten", r"{n} von (10|zehn)(?! (uhr|bis|-))", build.op(Op.SKIP)),
    Rule("turning", r"wird im {month} {n}", build.op(Op.SKIP)),
    Rule(
        "called",
        r"(name ist|heiße|heisse|heißt|nachname ist|namens) (?:\S+ ){0,2}({weekday_long}|{month}|{season})"
        r"( , \S+ ({weekday_long}|{month}|{season}))?",
        build.op(Op.SKIP),
    ),
    Rule("always_open", r"24/7", build.op(Op.SKIP)),
    Rule("scale", r"<skala> von (0|1|eins|null) bis (10|zehn)", build.op(Op.SKIP)),
    Rule("dose_scheme", r"\d-\d-\d(-\d)?", build.op(Op.SKIP)),
    Rule(
        "daily",
        r"(täglich|jeden tag|pro tag|am tag|jede woche|jeden monat|pro woche|die ganze nacht|"
        r"die ganze zeit|nachts (aufwachen|wach))",
        build.op(Op.SKIP),
    ),
    Rule(
        "name",
        r"((herr|herrn|frau|dr|doktor|prof|professor|hr|familie|fam)( \.)?"
        r"( (dr|med|prof|dent)( \.)?)* ({weekday_long}|{month}|{season}|{part})|"
        r"fr( \.)?( (dr|med|prof|dent)( \.)?)* ({weekday_long}|{month}|{season}))",
        build.op(Op.SKIP),
    ),
    Rule("street_of_a_day", r"(straße|str \.|platz|allee) des {d}\. {month}( \d+)?", build.op(Op.SKIP)),
    Rule("age", r"{n} (jahre?|monate|wochen) (alt|alte|alter|altes)", build.op(Op.SKIP)),
    Rule(
        "doctor_place",
        r"(praxis|raum|zimmer|haus|nr|nummer|str|straße|weg|platz|hausnummer|telefon|tel|etage) \.? ?\d+\.?",
        build.op(Op.SKIP),
    ),
    Rule(
        "since",
        r"seit <dem|der|den|einem|einer|etwa|ca|ungefähr|über|circa|fast|gut|mehr als|ungefähr|"
        r"knapp> ({n}|paar|einigen|ein paar|vielen|mehreren) {unit}",
        build.op(Op.PAST),
    ),
    Rule(
        "since_when",
        r"seit( (dem|der|den|letztem|letzter|letzten|vorigem|voriger|anfang|mitte|ende))?",
        build.op(Op.PAST),
    ),
    Rule(
        "ago",
        r"vor <etwa|ca|ungefähr|gut|fast|knapp|über|circa> ({n}|paar|einigen|ein paar|vielen|mehreren|"
        r"wenigen) {unit}",
        build.op(Op.PAST),
    ),
    Rule("past_day", r"(gestern|vorgestern|neulich|letztens|kürzlich)", build.op(Op.PAST)),
    Rule(
        "last",
        r"{gone} ({span}|{weekday}|"
        r"{month}|{part}|mal|sommer|winter|herbst|frühjahr|nacht|{unit})",
        build.op(Op.PAST),
    ),
    Rule(
        "thanked",
        r"(danke|dank|dankeschön) (ihnen |euch |nochmal |nochmals )?(für|dass) (?:\S+ ){0,4}"
        r"(heute (morgen|früh|vormittag|mittag|nachmittag)|heute)(?= [,.!?)]|$)",
        build.op(Op.SKIP),
    ),
    Rule(
        "how_often",
        r"{n} (anfälle|anfall|infekte|schübe|schub|stürze|attacken|migräneattacken|fehlgeburten|kilo|"
        r"krankenhausaufenthalte|ohnmachten|operationen|entzündungen|erkältungen) in <den letzten|nur> {n} {unit}",
        build.op(Op.SKIP),
    ),
    Rule("lasting", r"(dauert|dauern|dauer) <etwa|ca|circa|ungefähr> {n} {unit}", build.op(Op.SKIP)),
    Rule(
        "for_long",
        r"{n} {unit} (lang|gedauert|dauern|krank|krankgeschrieben|zeit|vorher|davor|danach)",
        build.op(Op.SKIP),
    ),
]
