"""Norwegian words for :mod:`consult.kernel.text.sensitive`, in bokmål and nynorsk.

Pieces of regular expressions, apart by commas; ``~`` stands for an inflection. What counts as a
special category: GDPR article 9 (health, trade union, belief, sexual orientation, ethnic origin)
and article 10 (criminal offences).
"""

import re


def _words(text: str) -> tuple[str, ...]:
    """The words of a list that is written as one text."""
    return tuple(re.split(r",\s*", text.strip()))


HEALTH_NOUNS: tuple[str, ...] = _words(
    r"""
    angst~, sosial angst, panikkangst~, depresjon~, adhd, add, autisme, autismespekter~,
    asperger~, bipolar(?: lidelse~| liding~)?, schizofreni~, psykose~, spiseforstyrrels?e~,
    eteforstyrring~, anoreksi~, bulimi~, ptsd, tvangslidels?e~, tvangsliding~,
    personlighetsforstyrrels?e~, selvmordstank\w*, sjølvmordstank\w*, selvskading~,
    sjølvskading~, utviklingshemming~, tourettes?, dysleksi, utbrent~,
    (?:psykiske?|psykisk) (?:lidels?e~|liding~|plage~|problem~|sykdom~|sjukdom~|vansk\w*),
    kreft(?:en)?, brystkreft(?:en)?, prostatakreft(?:en)?, svulst~, leukemi~, diabetes, sukkersyke~,
    sukkersjuk\w*, epilepsi~, astma~, kols, ms, multippel sklerose, als, parkinsons?,
    alzheimers?, demens~, hjerneslag~, hjarneslag~, slag, hjertesykdom~, hjartesjukdom~,
    hjerteinfarkt~, hjarteinfarkt~, hjertesvikt~, fibromyalgi~, cfs, revmatisme, leddgikt~,
    artrose~, gikt, migrene~, hiv, hepatitt, cerebral parese, ryggmargsbrokk, prolaps~,
    endometriose, crohns?, cøliaki, spontanabort~, abort~,
    (?:kroniske?|alvorlige?|alvorleg\w*) (?:smerte~|sykdom~|sjukdom~|lidels?e~|liding~),
    (?:kreft|hode|nakke|rygg|hjerte|hjarte|muskel|nerve|hjerne|hjarne)(?:skade~|smerte~|lidels?e~|plage~),
    funksjonsnedsett\w+, funksjonshemming~,
    nedsett?e? (?:arbeidsevne|funksjonsevne|syn|hørsel|høyrsel), diagnose~, rusproblem~,
    alkoholproblem~, rusavhengighet~, rusavhengigheit~, alkoholisme, aap,
    arbeidsavklaringspeng\w*, uføretrygd~, uførepensjon~, sykepeng\w*, sjukepeng\w*,
    grunnstønad~, hjelpestønad~, pleiepeng\w*, antidepressiv\w*, cellegift~, metadon~,
    insulin~, psykolog~, psykiater~, psykiatri\w*, dps, avrusning~, avrusing~
    """
)
"""What one has, gets, takes or goes to: illness, treatment, benefits paid for bad health."""

HEALTH_STATES: tuple[str, ...] = _words(
    r"""
    syk, sjuk, sykmeldt, sykemeldt, sjukmeld, sjukmeldt, kronisk syk, kronisk sjuk,
    psykisk syk, psykisk sjuk, alvorlig syk, alvorleg sjuk, kreftsyk, kreftsjuk, ufør,
    uføretrygdet, uføretrygda, deprimert, suicidal, bipolar, schizofren, psykotisk, utbrent,
    traumatisert, utviklingshemmet, utviklingshemma, funksjonshemmet, funksjonshemma,
    multihandikappet, multihandikappa, blind, svaksynt, døv, tunghørt, tunghøyrd, lam,
    rullestolbruker, rullestolbrukar, gravid, rusavhengig, alkoholiker, alkoholikar,
    rusmisbruker, rusmisbrukar, narkoman, hivpositiv, dement, epileptiker, diabetiker,
    diabetikar, autist, innlagt, operert, diagnostisert
    """
)
"""What one is."""

OTHER_STATES: tuple[str, ...] = _words(
    r"""
    fagorganisert, tillitsvalgt, tillitsvald, muslim, kristen, jøde, hindu, sikh, buddhist,
    ateist, jehovas vitne, human-?etiker, human-?etikar, homofil, lesbisk, bifil, skeiv,
    transperson, transkjønnet, transkjønna, same, rom, roma, romani, kven, flyktning,
    asylsøker, asylsøkar, papirløs, papirlaus, straffedømt, straffedømd, dømt for, dømd for,
    tiltalt, sikta for, siktet for, løslatt, lauslaten
    """
)
"""What one is, of the other categories: union, belief, orientation, origin, offences."""

ROLES: tuple[str, ...] = _words(
    r"""
    saksbehandler~, sakshandsamar~, veileder~, rettleiar~, vegleiar~, rådgiver~, rådgjevar~,
    kontaktperson~, lege~, fastlege~, psykolog~, psykiater~, sjef~, leder~, leiar~,
    avdelingsleder~, avdelingsleiar~, teamleder~, teamleiar~, nav-leder~, sykepleier~,
    sjukepleiar~, lærer~, lærar~, verge~, advokat~, kollega~, nabo~, mann~, kone~, samboer~,
    sambuar~, ektefelle~, sønn~, son, sonen, datter~, dotter~, mor, mora, far, faren, bror~,
    søster~, syster~, bestemor~, bestefar~
    """
)
"""Whom one speaks of by name, beside "min"."""

GIVEN_NAMES: tuple[str, ...] = _words(
    r"""
    Aage, Abdi, Abdul, Adam, Agnes, Ahmed, Aisha, Aleksander, Alexander, Alf, Ali, Alice, Alma,
    Amalie, Amanda, Amina, Amir, Amira, Anders, Andrea, Andreas, Andrzej, Anette, Anita, Anja,
    Anna, Anne, Annette, Anniken, Anton, Arild, Arne, Arnfinn, Aron, Arvid, Asbjørn, Asgeir,
    Ask, Aslaug, Astrid, Aud, Audun, August, Aurora, Axel, Beate, Benedicte, Bente, Berit,
    Bjarne, Bjørg, Bjørn, Bjørnar, Bodil, Borghild, Brit, Britt, Brynjar, Cathrine, Cecilie,
    Charlotte, Christian, Christina, Christine, Christoffer, Christopher, Dag, Dagfinn, Dagny,
    Daniel, David, Ebba, Edvard, Egil, Eileen, Einar, Eirik, Eivind, Elias, Elin, Eline,
    Elisabeth, Elise, Ella, Elle, Ellen, Ellinor, Else, Elvira, Emil, Emilie, Emma, Endre,
    Erik, Erika, Erlend, Erling, Ernst, Espen, Eva, Even, Fatima, Filip, Finn, Fredrik, Frida,
    Fride, Fridtjof, Frode, Geir, Georg, Gerd, Gisle, Grete, Grethe, Gro, Gry, Gudrun, Gunhild,
    Gunn, Gunnar, Gunvor, Guri, Gustav, Guttorm, Hanna, Hannah, Hanne, Hans, Harald, Hassan,
    Hedda, Hege, Heidi, Helene, Helga, Helge, Henning, Henriette, Henrik, Herman, Hilde,
    Hildegunn, Håkon, Håvard, Ibrahim, Ida, Ine, Inga, Inge, Ingeborg, Inger, Ingrid, Ingunn,
    Ingvar, Ingvild, Isabella, Isak, Ivar, Iver, Jakob, Jan, Jasmin, Jenny, Jens, Jensine,
    Jesper, Joakim, Johan, Johanna, Johanne, Johannes, John, Johnny, Jon, Jonas, Jonathan,
    Jorunn, Josefine, Jostein, Julia, Julie, Jørgen, Jørn, Kai, Kaia, Karen, Kari, Karianne,
    Karin, Karina, Karl, Karoline, Katarzyna, Kathrine, Katrine, Kenneth, Ketil, Kim, Kine,
    Kirsten, Kjell, Kjersti, Kjetil, Klara, Knut, Kristian, Kristin, Kristina, Kristine,
    Kristoffer, Kåre, Laila, Lars, Lasse, Laura, Leif, Lena, Lene, Leo, Leon, Liam, Lill,
    Lillian, Linda, Line, Linn, Linnea, Lise, Liv, Live, Lotte, Lucas, Ludvig, Lukas, Magne,
    Magnhild, Magnus, Maja, Malin, Marcus, Maren, Margit, Margrete, Margrethe, Mari, Maria,
    Marianne, Marie, Marit, Marita, Marius, Mark, Markus, Marta, Marte, Marthe, Martin,
    Martine, Mathias, Mathilde, Mats, Matteo, Mattis, May, Mia, Michael, Mikael, Mikkel, Milla,
    Mina, Mohamed, Mohammad, Mohammed, Mona, Monica, Morten, Muhammad, Nadia, Natalie, Niklas,
    Nils, Nina, Noah, Nora, Odd, Oddbjørn, Oddvar, Ola, Olaf, Olav, Ole, Olga, Oliver, Olivia,
    Omar, Ommund, Oskar, Otto, Peder, Per, Pernille, Petra, Petter, Philip, Piotr, Pål, Ragnar,
    Ragnhild, Randi, Rasmus, Rebekka, Reidar, Reidun, Renate, Rita, Roald, Robert, Roger, Rolf,
    Ronny, Runar, Rune, Ruth, Said, Sander, Sandra, Sara, Sarah, Selma, Sigmund, Signe, Sigrid,
    Sigrun, Sigurd, Silje, Simen, Simon, Sindre, Siri, Sissel, Siv, Sivert, Siw, Sofia, Sofie,
    Solfrid, Solveig, Stein, Steinar, Stian, Stig, Stine, Ståle, Sunniva, Susanne, Svein,
    Sverre, Synne, Synnøve, Tarjei, Terje, Thea, Therese, Thomas, Thor, Thorbjørn, Thore, Tina,
    Tobias, Tom, Tomas, Tommy, Tone, Tonje, Tor, Torbjørn, Tord, Tore, Torgeir, Torhild, Toril,
    Torill, Tormod, Torstein, Torunn, Tove, Trine, Trond, Trude, Truls, Trygve, Turid, Tuva,
    Ulf, Ulrik, Une, Unni, Vegard, Vera, Veronica, Vetle, Vibeke, Victor, Victoria, Vidar,
    Vigdis, Viktor, Vilde, Vilma, Vivian, Wenche, William, Yasmin, Yngve, Yusuf, Yvonne, Zahra,
    Åge, Ågot, Åse, Åshild, Åsmund, Åsne, Øivind, Ørjan, Øystein, Øyvind
    """
)
"""Given names in use in Norway: a capital alone tells a person from a place badly."""

NOT_SURNAMES: tuple[str, ...] = _words(
    r"""
    as, asa, fond, fondet, fylke, fylkeskommune, gata, gate, gaten, gt, høgskole, høgskule,
    kirke, kommune, kyrkje, legat, plass, plassen, pris, prisen, sjukehus, skole, skolen,
    skule, skulen, stiftelse, stiftelsen, sykehus, universitet, veg, vegen, vei, veien, vg
    """
)
"""What makes an address or an institution of the name before it."""
