"""How time is spelt where German is spoken: Bavarian and Austrian, Swiss and Swabian, Low German."""

from __future__ import annotations

DIALECT = """
    montag: montog | mondog | mondag | mondach | mäntig | mändig | määntig | maandag | monta | mondi | mentig
    dienstag: irta | irda | ertag | deanstog | dienstog | dienschtig | dischtig | zischtig | ziischtig | zistig
    dienstag: dingsdag | dinsdag | dienschtag | dienschdag | diensdag | zyschtig
    mittwoch: mittwuch | mittwoche | middwoch | midwoch | mittwuche | middeweken | midwuch | migga | mittwochn
    donnerstag: pfinsta | pfinzda | pfinstag | pfingsda | donnerstog | donnastog | donnasdog | dunschtig | dunnschtig
    donnerstag: donnschtig | donnerschtig | donnerschtag | dunnerschtig | dunnersdag | dünnersdag | dunnerstag
    freitag: freitog | freidogg | friitig | fritig | frytig | freedagch | freitach | fraitig
    samstag: samstog | samsdog | samsta | samsda | samschtig | samstig | samschtag | sunnabend | sünnabend | sonnavend
    sonntag: sonntog | sunndog | sonndog | sunntig | sunntag | sünndag | sundag
    heute: heit | hait | hüt | hütt | vandaag | vundaag
    morgen: morje | moje | moie | moang | moagn | moagen | morng | morgä | moorn | morn | morge | moign | morjn
    morgen: mörgen | murgn
    übermorgen: übermorn | übermoang | übermoagn | überomoang | iwwermorje | überübermorn | övermorgen | ibermorgn
    früh: fria | fruah | frua | friah | früa | früeh | fruei | fröh
    vormittag: vormittog | vormiddog | vormiddag | vormittach | vormidag
    nachmittag: nachmittog | nochmittog | nomittag | nomittog | namittag | nochmiddog | nachmiddag | nammidag
    abend: obend | oobig | obig | abig | owend | avend | obnd
    abends: obends | abigs | owends
    mittag: mittog | zmittag | middag | middog | mettag
    woche: wuch | wuche | wucha | wuchn | week
    nächste: nögscht | nögschti | näggscht | näggschti | nägscht | nägschti | negscht | negschti | nexscht | näxti
    nächste: neegschte | nächscht | nächschte | neechschte | nechschte | negste
    nächsten: nögschte | näggschte | nägschte | negschten | nexschte | näggsten | nächschten
    monat: monet | monad | munat
    zwei: zwoa | zwä | zwoi | zwöi
    drei: drü | drüü | droi
    ein: oa | oan
    eins: oans | oas
"""
