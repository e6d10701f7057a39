"""Words that give a language away, as patients use them.

Left out on purpose: words of both languages (Arm, Hand, in, so, was, will, die, hat, war, not, am, an, man, bald),
weekdays and months (a bare "Friday 3pm" answers a question, whatever language it was asked in), names, "ok".
"""

from __future__ import annotations

from sprechstunde.assistant.nlu.text import fold, folded_words

_GERMAN = """
ich du er sie es wir ihr mich mir dich dir ihn ihm uns euch mein meine meinen meiner meinem dein deine deinen sein seine
ihre ihren ihrem ihrer unser unsere der das den dem des ein eine einen einem einer kein keine keinen keiner und oder
aber doch denn weil dass daß wenn ob als wie wo wann wer wen wem warum wieso welche welcher welches welchen ist sind bin
bist seid wäre waren habe haben habt hatte hätte hätten kann kannst können könnte könnten könnt möchte möchten möchtest
muss müssen soll sollte sollen darf dürfen würde würden wollen wollte werde werden wird geht gehts ginge gibt gibts nicht
nichts nix nie noch schon auch nur sehr mehr viel etwas irgendwas irgendwann immer wieder jetzt heute morgen übermorgen
gestern später früher früh spät vormittags nachmittags abends morgens mittags vormittag nachmittag abend
nächste nächsten nächster nächstes kommende kommenden woche wochen tag tage tagen monat uhr zeit für von vom mit bei beim
zu zum zur nach auf aus im um über unter seit vor bis ohne gegen zwischen durch ja jo jep nein nö nee danke dankeschön
bitte gern gerne hallo moin servus guten grüß gott tschüss tschüß ciao wiedersehen termin termine arzt ärztin hausarzt
frauenarzt hautarzt hautärztin frau herr doktor praxis krankenkasse kasse gesetzlich privat versichert versicherung
selbstzahler rezept rezepte überweisung krankschreibung krankmeldung krank schmerzen weh tut befund befunde ergebnis ergebnisse
blutabnahme impfung vorsorge untersuchung absagen verschieben verlegen stornieren buchen brauche brauchen bräuchte
frei freie freier freien neuen neuer anderer anderen andere anderes tochter sohn kind vater mutter ehemann ehefrau
heißt heisse heiße geboren egal passt lieber leider vielleicht genau richtig falsch stimmt klar super hilfe helfen
sprechen mitarbeiter mensch öffnungszeiten geöffnet adresse anfahrt parken mitbringen wieviel wieviele warten bekomme
machen mache macht kommen komme komm wissen sagen fragen frage anrufen rückruf guck mal halt eben eigentlich
knie rücken kopfschmerzen bauchschmerzen ausschlag husten fieber schnupfen erkältung muttermal haut herz
letzte letzten erste ersten zweite zweiten dritte dritten dienstagnachmittag keinem hab haste habs isses nen ne n'
bräucht bräuchat mei nimma mog isch heit dös griaß grüezi grüß liebe grüße zwoa
zurück abbrechen aufhören stopp weiter sonst ganz gar hier dort da dann deshalb damit daran davon dazu
"""

_ENGLISH = """
i you he she it we they me him us them my your his their our mine yours the a this that these those and or but because
if when where who which why how is are were been being be have had having do does did doing can could
would should may might must shall i'm i'd i've i'll you're it's that's don't doesn't didn't can't cannot won't isn't
aren't wasn't couldn't wouldn't let's for from with without at on of to into by about after before until since between
he's she's not breathing breathe took taken myself himself herself deep through again yes yeah yep nope no thanks thank thankyou please sorry hello hey howdy bye goodbye cheers good
afternoon evening tomorrow today yesterday tonight next week weeks day days month time o'clock early later earlier late
soon sooner appointment appointments doctor doctors physician dentist dermatologist skin practice surgery office clinic
insurance insured privately statutory prescription prescriptions repeat referral refill results result sick note ill
pain pains hurts hurt hurting ache aching vaccination vaccine jab shot checkup check book booking cancel move
reschedule change need needs want wants like get got see make take give come going go know tell ask call speak talk
someone anyone human person somebody available availability free slot slots any some anything something nothing
other another different first second third last one ones new old daughter son child kid father mother husband
wife born name's called whatever whichever doesn't matter maybe perhaps right wrong correct sure great help open
opening hours address directions parking bring much many what what's there here then just only still really very
more less knee headache stomach rash cough fever cold mole blood test morning afternoons mornings evenings
back stop quit nevermind instead earliest latest possible works work fine suits feeling feel came come arrive arrived arriving receive received yet
"""

# in both lists after folding, or a word of the other language: they say nothing
_SHARED = """was war hat die will am an in so not also bin man hand arm name no do es da test
her mine per warm gut wind bald rest stuhl sport minute august september november april super jo ne n praxis video
practice information office ok team moment mit one's made gang see fast tag all bitten date
hey yes yep nope bye cool kind past check up checkup cheers person stop test open slot slots shot a i is
"""


WEAK_ENGLISH = folded_words("i a is")
"""English, but dialect writes them too ("i brauch a Rezept"): they count only beside a surer word."""

# Made alike by folding, unlike as they are written: each counts by its letters.
AS_WRITTEN = {"got": "en", "gott": "de", "does": "en", "dös": "de"}

GERMAN = folded_words(_GERMAN) - folded_words(_ENGLISH) - folded_words(_SHARED)
ENGLISH = folded_words(_ENGLISH) - folded_words(_GERMAN) - folded_words(_SHARED)


def is_everyday(word: str) -> bool:
    """True for a common word of either language."""
    folded = fold(word)
    return folded in GERMAN or folded in ENGLISH
