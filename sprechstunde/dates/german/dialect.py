"""How time is spelt where German is spoken: Bavarian and Austrian, Swiss and Swabian, Low German."""

from __future__ import annotations

DIALECT = """
    um: klock | klocke | klogg | glock
    übermorgen: övermorn | övermoorn | övermorrn | iwwermorche | iwwermorge | iwwamorn | ibermorje | ibermorga
    übermorgen: ewwermoje | eewermorgen | übermorche | iwermorge | iwamorgn | ibamorgn
    donnerstag: donnschdach | donnerschdach | donnschdag | dunnschdach | dunnersdagg | dunnerschdach | donnerschtich
    donnerstag: dunschdi | donschdig | dunnerschti | donnschtag | duunersdag
    früh: frieh | frih | freuh | friih
    vormittag: vörmiddag | vörmiddags | vormiddach | voamiddach | vormidaach
    montag: montog | mondog | mondag | mondach | mäntig | mändig | määntig | maandag | monta | mondi | mentig
    dienstag: irta | irda | ertag | deanstog | dienstog | dienschtig | dischtig | zischtig | ziischtig | zistig
    dienstag: dingsdag | dinsdag | dienschtag | dienschdag | diensdag | zyschtig
    mittwoch: mittwuch | mittwoche | middwoch | midwoch | mittwuche | middeweken | midwuch | migga | mittwochn
    donnerstag: pfinsta | pfinzda | pfinstag | pfingsda | donnerstog | donnastog | donnasdog | dunschtig | dunnschtig
    donnerstag: donnschtig | donnerschtig | donnerschtag | dunnerschtig | dunnersdag | dünnersdag | dunnerstag
    freitag: freitog | freidogg | friitig | fritig | frytig | freedagch | freitach | fraitig
    samstag: samstog | samsdog | samsta | samsda | samschtig | samstig | samschtag | sunnabend | sünnabend | sonnavend
    sonntag: sonntog | sunndog | sonndog | sunntig | sunntag | sünndag | sundag
    montag: monndach | moondag | määndig | mendig | maandig | mondig | mandag
    dienstag: dienschdich | deansdog | deanstag | dienstach | dinschdag | deisdog | zaischdig | diensdach
    mittwoch: mittwoch | midwuch | mittwuch | mittwuchn | mittwoche | mittwech | mitwuch | middich
    donnerstag: pfinzta | pfinsda | pfingstog | pfinztag | donnerschdag | donnersdag | donnerstach | donaschdog
    donnerstag: dunnersdach | doschdig | doschtig | donnerschdich | dunnerschdag
    freitag: freidog | freida | freidach | freidag | fraidag | friidig | freedag | freitich | freitich | freita
    samstag: samschdig | samschdag | samsdig | samsdach | samschdog | somsdog | somstog | samstach | samstich | saumsta
    sonntag: sunndig | sonndag | sonndach | sunndach | sonntach | sonntich | sundig | suntig | sunndi | sunnda
    heute: heid | haid | heut | heint | haite | heude | haint
    morgen: moing | moargn | morgn | moagn | moorge
    übermorgen: übamoang | übamorgn | übamoagn | übermorga | übermorge | ibamoang | iwamoang | üwamoang | iwwermoje
    übermorgen: übermorgn | übermorjen | üwermorgen | überimorn | übrmorgen | üvvermorje
    nachmittag: nammidog | nammiddog | nochmittoch | nomiddog | namiddag | nachmiddach | nomitag | nomidag | nammitdag
    vormittag: vormidog | vormiddach | vormitdag | vormittoch | fuamiddog | vuamittog
    abend: omd | omnd | aomd | obad | ohmd | aabend | ovend | auwend
    mittag: middach | mittach | midach
    woche: woch | wochn | weeche | wuchen | wocha | wuch
    nächste: negschde | negschte | nägschde | nechste | nexte | neggschde | näggschde | neechste | nächschde | nekste
    nächste: negsde | nechsde | nächsde | negsta | neegschde
    nächsten: negschdn | nächschdn | nächsdn | neggschdn | negsdn | nächschten
    kommende: kommade | kummende | kommede
    halb: halvig | halvi | halv
    halb: hoiba | hoib | hoibe | halba | halwa | halwer | hoiber | hoiwa | halwe | haib
    viertel: viertl | fiertl | viadl | vieddel | vörtel | viertele | viertu
    dreiviertel: dreiviertl | dreiviadl | dreivierdl | dreiviertel | drevertel
    heute: heit | hiet | hait | hüt | hütt | vandaag | vundaag
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
    zwei: zwoa | zwee | zwä | zwoi | zwöi
    drei: drü | drüü | droi
    ein: oa | oan
    eins: oans | oas
"""
