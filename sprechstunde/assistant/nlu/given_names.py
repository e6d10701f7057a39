"""Given names that are common among patients: what tells "Uwe Uhl" from "starker Husten".

A name that is missing here is still read where one was asked for, or behind "ich heiße"; these only find names that
stand unannounced in a longer message.
"""

from __future__ import annotations

from sprechstunde.assistant.nlu.text import fold, folded_words

_NAMES = """
adam adele adrian agnes agnieszka ahmed ahmet aisha akin alan albert aleksandra alessandra alessandro alex alexander
alexandra alexandre alfred ali alice alicia alina alison alma amanda amber amelie amina amir amy ana anastasia andre
andrea andreas andrei andrew andrzej andy aneta angela angelika angus anita anja anke ann anna annabelle anne
anneliese annemarie annette annika ansgar anthony antje anton antonia antonio arda arne arthur ashley asli astrid ava
axel aylin ayse aziz barbara barry bartosz bastian beata beate beatrice beatrix becky ben benedikt benjamin benno
bernadette bernd bernhard berta beth bettina bianca birgit birte bjorn boris brian bridget brigitte britta bruno burak
burkhard callum cameron can carina carla carlo carlos carlotta carmen carola carolin caroline carsten caterina
catherine cecilia celine cem charles charlie charlotte cheryl chiara chloe chris christa christel christian christiana
christiane christina christine christof christoph christopher claire clara claudia claudine claus clemens colin connor
constanze corinna cornelia craig cristina dagmar daisy daniel daniela danielle danuta daria dario dariusz darren dave
david dean debbie deborah deniz dennis derek derya detlef diana diego dieter dietmar dimitri dirk dmitri dominik
dominique donna dora doreen doris dorota dorothea dorothee duncan dylan eberhard ebru eckhard edda edeltraud edgar
edith eduard edward egon eileen ela elaine elena eleni elfriede elias elif elisa elisabeth eliza elizabeth elke ella
ellen elli elliot elmar elsa elvira emil emilia emilie emily emine emma emre engin enrico eren eric erich erik erika
erkan erna ernst erwin esra esther ethan eugen eva evan evelyn ewa fabian fabio farid fatih fatima fatma felicitas
felix ferdinand filip finja finn fiona florian francesca francesco francis francois frank franz franziska frauke fred
freddie freya frida frieda friederike friedrich fritz gabi gabriel gabriela gabriele gareth gary gavin geoffrey georg
george georgia georgina gerald gerd gerda gerhard gerlinde gero gertrud gianni gillian gina giorgio giovanni gisela
giulia giuseppe glen gordon gottfried graham grazyna greg greta gudrun guido gulsen gunter gunther gustav hakan halil
hamid hamish hanna hannah hannelore hannes hans harald harriet harry hartmut hasan hassan hatice hazel heather hedwig
heidi heike heiko heiner heinrich heinz helen helena helene helga helmut hendrik henning henri henriette henry herbert
hermann hilde hildegard holger horst howard hubert hugh hugo husain huseyin ian ibrahim ida ignacio igor ilka ilona
ilse imke imogen ina ines inga inge ingeborg ingo ingrid irene irina iris irma irmgard isa isaac isabel isabella
isabelle isla ismail ivan ivana iwona jack jacob jacqueline jake jakob jakub jamal james jamie jan jana jane janet
janina janine janis jannik jannis jasmin jasmine jason javier jayne jean jeff jeffrey jennifer jenny jens jeremy
jessica jill jim jimmy joachim joan joana joanna joanne jochen joe joel johann johanna johannes john jon jonas
jonathan jordan jorg jorge jose josef josefine joseph josephine josh joshua joyce juan judith julia julian juliane
julie julien julius jurgen justin justyna jutta kai kamil karen karim karin karina karl karla karola karolina karsten
katarina katarzyna kate katharina katherine kathleen kathrin kathy katie katja katrin kay keith kelly kemal ken kenan
kenneth kerstin kevin khadija khaled kim kira kirsty klara klaus konrad konstantin kornelia krystyna krzysztof kubra
kurt kyle ladislav lara lars laura lauren lawrence lea leanne lee leila lena leni lennart leo leon leonard leonie
lesley leslie leticia levent levin lewis liam lidia lili lilian lina linda linus lisa lisbeth liv liza lorena lorenz
lorraine lothar louis louisa louise luca lucas lucia lucie lucinda lucy ludwig luigi luis luisa lukas luke luzie lydia
lynn lynne mads magda magdalena maggie maik maike maja malcolm malek malgorzata malte mandy manfred manuel manuela
mara marc marcel marcin marco marcus mareike margaret margarete margit margot margrit maria mariam marianne marie
marija marilyn marina mario marion marius mark markus marlene marlies marta martha martin martina mary maryam mateusz
mathias mathilda matilda mats matthew matthias matti maureen max maxim maximilian maya mechthild megan mehmet melanie
melike merle mert meryem mia michael michaela michal michel michele michelle miguel mikael mike mila milan milena mira
mirco mirjam mirko mohamed mohammad mohammed molly mona moni monica monika morgan moritz muhammad muhammed murat
muriel mustafa nadia nadine nadja nancy naomi natalia natalie natascha natasha nathan neele neil nele nicholas nick
nico nicola nicolas nicole niels nigel nikita niklas niko nikolai nils nina nino noah noemi nora norbert norman nour
nuria ole oleg olga oliver olivia olivier omar omer oskar osman otto owen ozan ozlem pablo pamela paolo pascal
patricia patrick patrizia patryk paul paula paulette paulina pauline pavel pawel pedro peggy peter petra phil philip
philipp phillip pia pierre piotr rachel rafael rahel raimund rainer ralf ralph ramon ramona raphael raphaela rebecca
rebekah regina regine reiner reinhard reinhold renate rene rhys ricardo richard rita rob robert roberto robin roger
roland rolf roman ronald ronan ronja rory rosa rosemarie ross roswitha roxana roy rudolf rupert russell ruth ryan
sabine sabrina said salih sally salma sam samantha samira samuel sandra sara sarah sascha saskia scott seamus sean
sebastian seda selim selina selma sergej sergio serkan sevim shane sharon shaun sheila shirley sibel sibylle sid
sidney siegfried sigrid silke silvia simon simone sinead sofia sofie sonia sonja sophia sophie sophy stacey stan
stefan stefanie steffen steffi stella stephan stephanie stephen steve steven stuart sue sukru sunil susan susanna
susanne suse suzanne sven svenja svetlana swen sybille sylvia tabea tamara tanja tara tarik tatjana tessa thea theo
theodor theresa therese thomas thorsten tilda till tim timo timothy tina tobias tom tomasz tommaso tony torben torsten
tracey traute trevor tristan udo ulf uli ulla ulrich ulrike ursula uschi ute uwe valentin valentina valeria vanessa
vera verena veronika vicky victor victoria viktor viktoria vincent viola vivian volkan volker walter waltraud wanda
wayne wendy werner wibke wiebke wilfried wilhelm willi william wojciech wolfgang xaver yannick yasemin yasin yasmin
yildiz yusuf yves yvette yvonne zehra zeynep zoe zofia
grace hope faith poppy ivy florence willow rosie elsie phoebe sienna millie oscar archie alfie logan mason aidan declan
siobhan niamh aoife eoin priya anjali raj arjun sanjay deepa amara chidi ngozi kwame fatou aminata wei ming yuki hiro
jin olena oksana svitlana dmytro andriy bohdan taras iryna yulia halyna bogdan jadwiga zuzanna khalid layla noor bilal
hamza zainab rania matteo lorenzo camille chantal mathilde antoine pilar beatriz lotte thore enno henrike bente fiete
gunnar ragnhild
"""
_ALSO_WORDS = folded_words(
    "can lee mark rosa max will dean ben jan ela uli kay rob ken ross kim till rene mats sue joy hope faith grace ivy "
    "poppy florence willow logan mason raj wei ming jin"
)
"""Names that are words, too: small letters don't make them names ("max 10 uhr")."""
_GIVEN = folded_words(_NAMES)


def is_given_name(word: str) -> bool:
    """Whether `word`, or the first part of a double name ("Anna-Lena"), is a given name as patients write it."""
    folded = fold(word.split("-")[0])
    return folded in _GIVEN and (word[:1].isupper() or folded not in _ALSO_WORDS)
