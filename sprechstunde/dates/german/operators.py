"""Words that open, turn and tie expressions, and wishes without a time."""

from __future__ import annotations

from sprechstunde.dates import builders as build
from sprechstunde.dates.atoms import Op
from sprechstunde.dates.language import Rule

OPERATORS = [
    Rule("out_of", r"(von|vom)( (dem|der))?", build.op(Op.OUT_OF)),
    Rule(
        "from",
        r"(ab|frühestens|erst ab|nicht vor|nicht vorm|nicht früher als|nicht eher als|erst|"
        r"frühestens ab|erst wieder|erst wieder ab|frühestens aber)( (dem|der|den|am))?",
        build.op(Op.FROM),
    ),
    Rule("after", r"(nach|erst nach|später als|irgendwann nach)( (dem|der|den))?", build.op(Op.AFTER)),
    Rule(
        "until",
        r"(bis|bis spätestens|spätestens|bis zum|bis zur|nicht später als|nicht nach|"
        r"bis einschließlich|bis einschl|bis einschl \.|bis inkl|bis inkl \.|"
        r"bis inklusive|bis incl|bis incl \.|spätestens bis|spätestens aber|aber spätestens)( (dem|der|den|am|zum))?",
        build.op(Op.UNTIL),
    ),
    Rule("before", r"(vor|vorm|noch vor|früher als|eher als)( (dem|der|den))?", build.op(Op.BEFORE)),
    Rule("to", r"-", build.op(Op.TO)),
    Rule("between", r"zwischen( (dem|der))?", build.op(Op.BETWEEN)),
    Rule("nor", r"noch(?= (am )?({weekday}|{weekdays}|{part}))", build.op(Op.OR)),
    Rule(
        "not",
        r"(nichts|nix|weder|<bloß|nur|bitte|aber|auf keinen fall|möglichst> nicht|kein|keine|keinen|"
        r"außer|ausser|ausgenommen|bis auf|auf keinen fall|ohne|keinesfalls|alles außer|"
        r"jeden tag außer|immer außer|jederzeit außer|kann nicht|außer)"
        r"(?! (so|zu|ganz so|allzu|gar so) (früh|spät))"
        r"( (so gern|so gerne|gerade|unbedingt|grade|in|mehr|termin|termine|terminen))?"
        r"( (am|im|in der|an|den|zu|zur|der|"
        r"dem|die))?",
        build.op(Op.NOT),
    ),
    Rule(
        "away",
        r"(im urlaub|in urlaub|verreist|auf dienstreise|auf reisen|im ausland|abwesend|unterwegs|nicht da|weg)"
        r"(?= (noch )?(bis|vom|von|ab|am)(?!\S))",
        build.op(Op.NOT),
    ),
    Rule(
        "or",
        r"(oder|od|od \.|o \.|und|bzw|beziehungsweise|sowie|/|&|oder auch|oder eben|und auch|oder sonst|alternativ|"
        r"entweder|oder halt|wahlweise)",
        build.op(Op.OR),
    ),
    Rule(
        "begin",
        r"<gleich|eher> "
        r"(anfang|am anfang|(in der )?(erste|ersten) hälfte|zu beginn|beginn|zu anfang|anfangs|anf( \.)?)",
        build.op(Op.BEGIN),
    ),
    Rule("middle", r"(mitte|in der mitte|mitt \.)", build.op(Op.MIDDLE)),
    Rule(
        "end", r"<gegen> (ende|am ende|(in der )?(zweite|zweiten) hälfte|zum ende|ausgangs)", build.op(Op.END)
    ),
    Rule(
        "asap",
        r"(asap|<ganz> (so|möglichst) (bald|schnell|rasch|früh|zeitnah)( (wie|als|wies) (möglich|geht|"
        r"irgend möglich|nur möglich|es geht|irgendwie möglich|moglich))?|(nächste|nächsten|nächster|"
        r"frühester|frühesten|früheste|erster|ersten|erste) (freie[nrs]?|mögliche[nrs]?|"
        r"verfügbare[nrs]?)( termin| zeitpunkt)?|den frühesten( termin)?|am schnellsten|"
        r"schnellster termin|schnellstmögl \.|(schnellst|frühest|ehest|bald) (möglich|möglichst|moglich)|baldigst|"
        r"je (früher|eher|schneller) (desto|umso) (besser|eher|lieber))",
        build.op(Op.ASAP),
    ),
    Rule(
        "asap_soon",
        r"(möglichst zeitnah|zeitnah|am liebsten sofort|jetzt gleich|am besten sofort|"
        r"so zeitnah wie möglich|ganz schnell|kurzfristig)",
        build.op(Op.ASAP),
    ),
    Rule(
        "any",
        r"(egal wann|wann (ist|is) (mir |es )?(ganz |völlig )?egal|(mir )?(ist|is) (mir |es )?(ganz |"
        r"völlig )?egal wann|jederzeit|immer zeit|kann immer|immer möglich|alles recht|alles passt|"
        r"passt alles|geht alles|alles geht|zeitlich (flexibel|egal)|bin (da |zeitlich |ganz |"
        r"völlig )*flexibel|wann es (ihnen )?passt|wann sie wollen|ganz egal wann)",
        build.op(Op.ANY),
    ),
    Rule("whenever", r"((egal|wurscht|wurst|gleich) (wann|wenn)|wann auch immer)", build.op(Op.ANY)),
    Rule("whenever_alone", r"irgendwann", build.op(Op.ANY), weak=True),
    Rule(
        "any_day",
        r"(egal (an )?(welcher|welchen|welchem) tag|(der )?tag (ist|is) (mir )?egal|an jedem tag|"
        r"jeder tag (geht|passt)|(jeden|irgendeinen|an irgendeinem) tag|alle tage)",
        build.op(Op.ANY_DAY),
    ),
    Rule(
        "any_time",
        r"(egal (um )?(welche|wieviel|wie viel) (uhrzeit|uhr|zeit)|(die )?(uhrzeit|tageszeit|"
        r"zeit) (ist|is) (mir )?(ganz )?egal|(uhrzeit|tageszeit) egal|zu jeder (uhrzeit|tageszeit|"
        r"zeit)|den ganzen tag|ganztags|ganztägig)",
        build.op(Op.ANY_TIME),
    ),
    # against an appointment in question
    Rule(
        "same_time_next_week",
        r"(die |zur )?(gleiche|selbe|gleichen|selben) (zeit|uhrzeit)( eine)? (nächste|woche später)( woche)?",
        build.same_time(1),
    ),
    Rule("week_later", r"(eine|1|ne) woche später", build.later_than(7)),
    Rule("day_later", r"(einen|1|nen) tag später", build.later_than(1)),
    Rule("weeks_later", r"(zwei|2) wochen später", build.later_than(14)),
    Rule("week_earlier", r"(eine|1|ne) woche (früher|eher|vorher)", build.later_than(7, -1)),
    Rule("day_earlier", r"(einen|1|nen) tag (früher|eher|vorher)", build.later_than(1, -1)),
]
