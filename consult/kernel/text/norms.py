"""Bokmål and nynorsk made alike, for searching only: nothing that is folded is ever shown.

A fold need not be right, it must do the same to the text and to what is looked for. So the rules
are few and blunt: a table of small words, changes inside words (they hold in compounds too), and
endings. What they join and what they keep apart is measured in ``tests/kernel/test_stems.py``.
"""

import re

_SMALL_WORDS = """
ikkje ikke  eg jeg  dei de  dykk dere  ho hun  hennar hennes  deira deres  ein en  ei en  eit et
eitt ett  kva hva  kven hvem  kvar hver  kvart hvert  kor hvor  korleis hvordan  kvifor hvorfor
noko noe  nokon noen  nokre noen  berre bare  meir mer  fleire flere  òg også  vere være  vera være
verte bli  vert blir  vart ble  blei ble  vorte blitt  gjere gjøre  gjera gjøre  gjer gjør  gje gi
gjev gir  gjeve gitt  gav ga  kjem kommer  kome komme  tek tar  teke tatt  fekk fikk  seie si
seier sier  sjå se  såg så  veke uke  veka uka  veker uker  vekene ukene  heime hjemme  då da
sidan siden  no nå  anten enten  utan uten  mykje mye  låg lav  låge lave  lågt lavt  lågare lavere
hjå hos  betre bedre  fyrst først  fyrste første  medan mens  difor derfor  same samme  anna annet
annan annen  inga ingen  korkje verken  usemje uenighet  semje enighet  born barn  borna barna
meine mene  meiner mener  meinte mente  meint ment  auke øke  aukar øker  auka økt  auking øking
økning øking  naudsynt nødvendig  naudsynte nødvendige  nøgd fornøyd  nøgde fornøyde  open åpen
ope åpent  opne åpne
"""
_WORDS = dict(pair.split() for pair in re.split(r"\s{2,}|\n", _SMALL_WORDS) if pair.strip())

_INSIDE_WORDS = r"""
fastleg=fastlæg  ledig=lædig  tidl[ie]g=tidlæg  rettlei=veiled  veglei=veiled  gjev=giv
leiar=leder  leiing=leding  brukar=bruker  takar=taker  givar=giver  behandlar=behandler
forvaltar=forvalter  lærar=lærer
høyring=høring  tenest=tjenest  skul(?=[ea])=skol  verk=virk  spel(?!l)=spill  tilbod=tilbud
oppgåv=oppgav  gåve=gave  månad=måned  marknad=marked  mogleg=mulig  stad=sted  saman=sammen
heimel=hjemmel  heim=hjem  fråsegn=uttaling  frå=fra  meining=mening  foreining=forening
eining=enhet  tilsett=ansatt  føremål=formål  føreset=forutset  føreslå=foreslå  løys=løs
avgjerd=avgjøring  skilnad=forskjell  eigar=eier  eigedom=eiendom  eigen=egen  eigne=egne
eigent=egent  einskild=enkelt  einig=enig  heil=hel  midl(?=[ea])=middel  frem=fram  framje=framme
velje=velge  spørje=spørre  fylgj=følgj  kjelde=kilde  sjuk=syk  kjøn(?!n)=kjønn  løn(?!n)=lønn
ynskj=ønsk  hald=hold  tilhøve=forhold  høg=høy  utval(?!g)=utvalg  handsam=behandl  opning=åpning
veg(?!g)=vei  antal(?!l)=antall  sjølv=selv  (?<=\w)kj(?=[ea])=k  (?<=\w)gj(?=[ea])=g
"""
"""In this order. The first three keep apart what the stemmer would join: fastlege from fast, ledig
from leder, tidligere from tid."""
_INSIDE = tuple(
    (re.compile(before), after)
    for before, after in (pair.rsplit("=", 1) for pair in _INSIDE_WORDS.split())
)

_ENDINGS = tuple(
    (re.compile(pattern), after)
    for pattern, after in (
        # brukarane as bruker, who is somebody else than what is brukt
        (r"(?<=bruk)(?:er|ar)(?:s|e|en|ens|ne|nes|ar|ane|anes)?$", "ær"),
        # moglegheiter as mulighet, tryggleik as trygghet, verksemd as virksomhet
        (r"(?<=\w{3})heit(?:a|er|ene|ar|ane|s)?$", "het"),
        (r"(?<=\w{3})leik(?:en|ar|ane|s)?$", "het"),
        (r"(?<=\w{3})semd(?:a|er|ene)?$", "somhet"),
        # opplevelse as oppleving, medverknad as medvirking, forskning as forsking
        (r"(?<=\w{3})(?<!h)els(?:e|en|er|ene|ar|ane)$", "ing"),
        (r"(?<=[kt])nad(?:en|ar|ane|er|ene|s)?$", "ing"),
        (r"(?<=[bdfghjklmprstv])ning(?:a|ar|ane|en|er|ene|ens|s)?$", "ing"),
        # innbyggjarane as innbygger, viktigaste as viktig, kommunalt as kommunal
        (
            r"(?<=\w{3})(?:er(?:ar|ane|anes|e|en|ens|es|ne|nes)|ar(?:e|ar|ane|anes|en|ens))$",
            "er",
        ),
        (r"(?<=ig|eg)(?:st|ste|ast|aste)$", ""),
        (r"(?<=\w{2}al|\w{2}iv)t$", ""),
    )
)


def fold_inside(word: str) -> str:
    """The word in lower case with what differs inside it made alike; its ending stays as it is."""
    for pattern, after in _INSIDE:
        word = pattern.sub(after, word)
    return word


def fold_word(word: str) -> str:
    """The word in lower case as its bokmål counterpart would be, near enough to be found by."""
    word = fold_inside(_WORDS.get(word, word))
    for pattern, after in _ENDINGS:
        folded = pattern.sub(after, word)
        if folded != word:
            return folded
    return word
