"""What a message about prices or results is after: which words tell one wish from another."""

from __future__ import annotations

import re

COST = re.compile(
    r"kost|preis|bezahl|zahlen|teuer|euro|gebühr|zuzahl|cost|price|\bpay|\bfee|how much|expensive|charge",
    re.IGNORECASE,
)
_EXPLAINED = (
    r"erklär|durchgehen|bedeut|deuten|versteh|hei(?:ß|ss)t das|was hei(?:ß|ss)t|"
    r"explain|interpret|go (?:over|through)|talk me through|\bmean|understand"
)
_JUDGED = (
    r"schlimm|normal|auffällig|gefährlich|zu hoch|zu niedrig|erhöht|sorgen|"
    r"\bhoch\b|\bhöher|niedrig|\bzu ?viel\b|\bviel\b|\bwenig\b|schlecht|in ordnung|gesund|tablette|schwanger|angst|"
    r"(?:ist|sind|werte?n?|befund|ergebniss?e?)\b.{0,40}\b(?:ok(?:ay)?|gut)\b|was (?:sind|ist) (?:ein\w* )?\w+\W*$|"
    r"was (?:nun|jetzt|tun)\b|und (?:nun|jetzt)\W*$|"
    r"\bbad\b|\bnormal|worr|dangerous|too (?:high|low|much)|\bhigh\b|\blow\b|elevated|a lot\b|scared|afraid|healthy|"
    r"pregnan|(?:is|are|results?|values?|levels?)\b.{0,40}\b(?:ok(?:ay)?|fine|good)\b|(?:need|"
    r"take) (?:\w+ )?(?:pills|tablets|"
    r"statins|medic\w*)|what (?:is|are) (?:an? )?\w+\W*$|what now\b|now what\b|"
    r"\d+[.,]?\d*\s*(?:mg|mmol|mu|iu|u/l|g/dl|%)|frage zu|fragen zu|frage wegen|questions? about|krebs|cancer|\bhiv\b"
)
MEANING = re.compile(f"{_EXPLAINED}|{_JUDGED}", re.IGNORECASE)
"""What a value means, asked of whoever asks about results anyway."""

_RESULT = r"(?:blut|labor|werte?n?\b|befund|ergebnis|bluttest|blood|lab\b|results?\b|report|scan|x-?ray)"
_OWN_RESULT = rf"(?=.*\b(?:mein\w*|die|den|my|the|these)\b)(?=.*{_RESULT})"
EXPLANATION = re.compile(rf"(?=.*(?:{_EXPLAINED})){_OWN_RESULT}", re.IGNORECASE | re.DOTALL)
"""Somebody shall explain a result that is there already: "can someone explain my blood test"."""

# The six digits that open a message, and not those of a prescription, a diagnosis or a parcel.
CODE = re.compile(
    r"^(?!.*(?:icd|diagnos|qr|rezept|prescri|vermittlung|überweis|referral|post ?code|zip|promo|rabatt|python|bank))"
    r".*(?<!\d)(?<!\d )\b(?:\d{3}[ -]?\d{3}|\w*code\w*|pin|tan|(?:sechs )ziffern|(?:six )digits)\b",
    re.IGNORECASE | re.DOTALL,
)

CALL = re.compile(
    rf"(?=.*{_RESULT})(?=.*(?:rückruf|zurückruf|\bruf\w*\b.{{0,60}}\b(?:mich|an)\b|mich\b.{{0,60}}\banruf|"
    r"\b(?:call|ring|phone) me\b|call.?back))",
    re.IGNORECASE | re.DOTALL,
)
"""She wants to be called about a result."""

WRONG = re.compile(
    r"nicht (?:mein|meine|meiner)\b|falsch\w* (?:befund|ergebnis|bericht|person|patient)|"
    r"(?:fremd\w*|ander\w*) (?:befund|ergebnis|namen?\b|person|patient)|jemand(?:em|en)? ander|"
    r"(?:not|isn'?t|aren'?t) m(?:y|ine)\b|wrong (?:report|result|name|person|patient)|(?:someone|somebody) else|"
    r"another (?:person|patient)",
    re.IGNORECASE,
)
"""What she got is somebody else's."""

_OTHERS = (
    r"(?:\w*arzt|\w*ärztin|orthopäd\w*|kardiolog\w*|urolog\w*|klinik|krankenhaus|kasse|arbeitgeber|doctor|gp|hospital|"
    r"specialist|consultant|insurer|employer)"
)
_FAMILY = r"(?:mann|frau|partner\w*|tochter|sohn|mutter|vater|eltern|husband|wife|daughter|son|mother|father|mum|dad)"
PASSED_ON = re.compile(
    rf"weiterleit|forward|\b(?:schick|send|fax|leite|übermittel|gebt|geben)\w*\b.*\b(?:an|zu|to)\b.*\b{_OTHERS}\b|"
    rf"\b(?:kann|darf|can|may|could) (?:meine?|my) {_FAMILY}\b|"
    rf"\b(?:meine?|my) {_FAMILY} (?:kann|darf|soll|can|may|could|is allowed)\b",
    re.IGNORECASE | re.DOTALL,
)
"""Others are to have it, or to see it."""

WHERE = re.compile(
    r"(?=.*(?:\bcode|\bpin\b|\btan\b|ziffern|digits))"
    r"(?=.*(?:\b(?:wo|wohin|where)\b.*(?:eingeb|einger?tipp|eintipp|eintrag|finde?|rein|hin|enter|type|put|find|"
    r"goes?\b)|"
    r"\bwelche\w* (?:\w+ ){0,2}(?:code|pin|tan|ziffern)|\b(?:which|what) (?:\w+ ){0,2}(?:code|pin|digits)|"
    r"woher|come from))",
    re.IGNORECASE | re.DOTALL,
)
"""Which code, and where it goes: the page that is open stays as it is."""

_OF_A_PAGE = (
    r"(?:\b(?:web)?seite\b|\blink\b|\bpdf\b|dokument|\bdatei|\banhang|download|runter ?lad|herunter ?lad|internet|"
    r"\bwlan\b|\bnetz\b|\bsignal\b|browser|\b(?:web)?page\b|\b(?:web)?site\b|\bfile\b|document|attachment|wi-?fi)"
)
_FAILS = (
    r"(?:\b(?:geht|gehen|ging|klappt|funktioniert|lädt|laed|laden|öffne\w*|komm\w*|krieg\w*|bekomm\w*|kann|lässt|"
    r"läuft|baut|steht|"
    r"seh\w*|zeigt|tut)\b.{0,40}\b(?:nicht|nich|net|ned|nix|nichts|nur|immer)\b|"
    r"\b(?:nicht|nich|net|ned|nix|nichts)\b.{0,20}\b(?:auf|öffn\w*|laden|lädt)\b|\bkein\w*\b.{0,20}(?:internet|"
    r"wlan|netz|pdf)|fehler|"
    r"hängt|\bleer|weiß\W*$|abgestürzt|dreht sich|"
    r"\b(?:doesn'?t|won'?t|can'?t|cannot|isn'?t|not|never|nothing)\b|\bno (?:internet|wi-?fi|data|pdf|signal)|error|"
    r"blank|empty|broken|stuck|"
    r"crash|spinning|fail|(?:internet|netz|wlan|signal)\W+(?:\w+\W+)?weg\b)"
)
TROUBLE = re.compile(rf"(?=.*{_OF_A_PAGE})(?=.*{_FAILS})", re.IGNORECASE | re.DOTALL)
"""The page, the file or the net does not work."""

# "Meine rechte Seite geht nicht mehr", "I can't go on" behind a page that does not load: no matter of technology.
_OF_A_BODY = re.compile(
    r"link(?:e|er|en|s)\b|recht(?:e|er|en|s)\b|(?:ganze|halbe|meine|einer?|beiden?) seiten?|mund|\baugen?\b|"
    r"\bkopf|sprech|sprach|rede|redt|seite (?:tut|ist (?:taub|gelähmt|"
    r"geschwollen|warm|kalt|weg))|schmerz|\bweh|taub|gelähmt|atem|luft|blutet|"
    r"blutung|\barm\b|\bbein|gesicht|brust|leben|sterb|\btot\b|\btod|umbring|halt\w* .{0,20}\baus\b|aushalt|"
    r"notfall|hilfe|ertrag|"
    r"pain|hurt|bleed|breath|chest|\bface\b|\bleg\b|\blive\b|\b(?:to|will|gonna|wanna|me) die\b|dead|death|kill|"
    r"suicid|emergency|help|"
    r"go on|numb|mouth|speech|speak|\bside\b",
    re.IGNORECASE,
)
_OF_A_WISH = re.compile(r"termin|rezept|krankmeld|appointment|prescription|sick note|\bbook", re.IGNORECASE)
_FEW_WORDS = 14

STUCK = re.compile(
    r"^\W*(?:(?:es|das|der|die|er|nein|it|that|this|hm+|no)\W+){0,2}"
    r"(?:(?:geht|lädt|öffnet|klappt|funktioniert|lässt)\b.{0,20}\b(?:nicht|nich|ned|net|nix)\b"
    r"(?: (?:auf|öffnen|laden|mehr))?|"
    r"(?:doesn'?t|won'?t|isn'?t|not) (?:open|load|work)\w*(?: up)?)\W*$",
    re.IGNORECASE,
)
"""What is said of a link that was just sent: "geht nicht auf"."""


def is_technical(text: str) -> bool:
    """Whether a short message is about a page, a file or the net that does not work, and about nothing else."""
    meant = TROUBLE.match(text) and not _OF_A_BODY.search(text) and not _OF_A_WISH.search(text)
    return bool(meant) and len(text.split()) <= _FEW_WORDS


_BARE = """
hallo hi hey moin servus guten tag morgen abend bitte danke mal ich wir ihr sie es mir mich uns euch du der die
das den dem des ein eine einen mein meine meinen meiner meinem unsere schon jetzt nun denn endlich eigentlich
noch nochmal nochmals einmal wieder neu neue neuen neues etwas was inzwischen bereits und oder ob wann wie wo
ist sind war gibt gibts s liegt liegen vor da hier hierher angekommen eingetroffen fertig gekommen zurück raus
haben hat hab habe habt bekommen bekomme bekommt krieg kriege kriegen kann könnt können könnte könnten darf
möchte will würde wollte wollt gern gerne wissen fragen nachfragen erfahre rein ran an zu zum zur von vom aus
für auf im in nach link seite nachricht nachrichten ergebnis ergebnisse ergebnissen resultat resultate befund
befunde befunden werte werten blutwerte blutwerten laborwerte laborwerten laborergebnis laborergebnisse labor
blut blutergebnis blutergebnisse testergebnis testergebnisse schick schicke schickt schicken sende sendet senden
geben gib gebt lesen sehen anschauen ansehen einsehen öffnen aufmachen abrufen zeig zeigt zeigen brauche brauch
bräuchte neuigkeiten stand status bescheid lang lange dauert bis hello please thanks thank you i i'd i'm me my
we our us the a your is are were there here yet now already any news on of for about to at from and or has have
had did do does can could would like want wanted know see read open get got gets come came back ready arrived
result results report reports lab labs values blood bloods test tests new again another message messages page
send resend give show when how long where what's whats there's anything something need ask checking check it
they them out waiting just still update heute today gibt's let
"""
_NOTHING_ELSE = frozenset(_BARE.split())
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def is_bare(text: str) -> bool:
    """Whether a message asks for the link or whether something is there, and says nothing else at all."""
    words = [word.casefold().replace("’", "'") for word in _WORD.findall(text)]
    return all(word in _NOTHING_ELSE for word in words)
