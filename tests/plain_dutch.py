"""The texts of the instrument avoid the words listed here, as patterns."""

import re

OFFICIALESE = (
    r"aangaande|alsmede|behoudens|betreffende|borgen|borging|commitment|conform|creëren|derhalve|"
    r"desbetreffende|dienen|dient|doch|draagvlak|effectueren|escaleren|expliciteren|faciliteren|faciliteert|"
    r"gefaciliteerd|gelieve|geïmplementeerd|implementatie|implementeren|implementeert|inzake|integraal|"
    r"integrale|intersectoraal|mandateren|middels|multidisciplinair|interdisciplinair|operationeel|"
    r"optimaliseren|optimalisatie|participatie|participeren|prioriteren|realisatie|reeds|stakeholder|"
    r"stakeholders|synergie|tactisch|teneinde|tevens|uitrollen|voornoemd"
)
OFFICIAL_PHRASES = (
    r"ten aanzien van|met betrekking tot|op basis van|in het kader van|ten behoeve van|door middel van|"
    r"te allen tijde|zorg dragen voor|in dezen|met name"
)
# Words of the theory or of the trade that many a teacher, parent or alderman would stop at in a statement.
THEORY = (
    r"belang|belangen|standpunt\w*|zeggenschap|macht|middelen|evenwicht|consensus|expertise|deskundig\w*|"
    r"besluitvorming|transparant\w*|wederzijds\w*|visie|mandaat|regie|casu\w+|professional\w*|uitvoering|"
    r"juridisch\w*|financi\w*|wettelijk\w*|signal\w*|signaal|knelpunt\w*|prikkel\w*|netwerk\w*|context|"
    r"afstemming|betrokkenheid|interacti\w*|kaders?|beleid\w*|strategisch\w*|uitgangspunt\w*"
)
# A word that strengthens leads, or makes nobody agree.
STRENGTHENING = r"sterk|zeer|heel|erg|altijd|uitstekend|enorm|volledig|absoluut|uiteraard|natuurlijk"
CLAIMS_PROOF = ("bewezen", "bewijst", "gegarandeerd", "garandeert", "werkt altijd", "altijd effectief")
NAMES = (
    r"Verstappen|Wienke|Udo|Sondeijker|Janssen|Beckers|Weghorst|Kouwenberg|Smeets|Veen|Nijmegen|Nijmeegse|"
    r"Radboud|OIDOS|Stromenland|NJi|NCJ|NRO|KBA|Windesheim|NCOJ|Trimbos|Drenthe|Utrecht|Amsterdam|Rotterdam|"
    r"ZATT|Expoo"
)

# A family without its name is known at a small school, the coordinator runs the round, and a thing is not a person.
MISLEADING = r"zonder (de )?na(am|men)|coördinator|hij|hem|haar"

# A summary prints a first step without the text before it.
POINTS_BACK = r"\b(deze (twee|drie|vragen|volgorde|rol)|dit (punt|werk|idee)|zo'n|hiervoor)\b"


def sentences(text):
    return [sentence for sentence in re.split(r"(?<=[.?!])['’”\"]?\s+", text) if sentence]
