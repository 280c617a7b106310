"""Words that passwords are made of too often: guessed first by whoever guesses.

Not a copy of anybody's list: the kinds that every published study of leaked passwords finds
(greetings, love, sport, animals, first names, days, months, places, the site itself), filled
with the words of this part of the world. Compared as ``core.text.normalise`` folds them.
"""

from mobilizer.core.text import normalise

#: Rows of keyboards and of digits, along which fingers run.
KEYBOARD = (
    "1234567890", "0123456789", "qwertyuiop", "qwertzuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm",
    "1q2w3e4r5t6y7u8i9o0p", "1q2w3e4r5t6z7u8i9o0p", "qazwsxedcrfvtgbyhnujmikolp",
    "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm",
)  # fmt: skip

_LISTED = """
password passwort passcode passw pass word secret tajna lozinka fjalekalim fjalekalimi
letmein welcome dobredojde dobredosli miresevini hello zdravo tungjatjeta open changeme change
default guest test tester testing demo sample admin administrator root user login master system
computer internet google facebook instagram samsung iphone android windows microsoft
qwerty qwertz asdf asdfgh zxcvbn qwe asd abc abcd iloveyou loveyou love ljubov ljubav dashuri
dashuria tedua tesakam volimte lovely baby angel princess prince king queen sunshine sunce
flower lule cvet cvece star zvezda yll summer leto vera winter zima dimer spring prolet
autumn esen vjeshte monday tuesday wednesday thursday friday saturday sunday
ponedelnik vtornik sreda cetvrtok petok sabota nedela ponedeljak utorak cetvrtak petak subota
nedelja hene marte merkure enjte premte shtune diel
january february march april may june july august september october november december
januari fevruari mart maj juni juli avgust septemvri oktomvri noemvri dekemvri
januar februar jun jul septembar oktobar novembar decembar
janar shkurt mars prill qershor korrik gusht shtator tetor nentor dhjetor
dragon monkey tiger lion lav wolf volk vuk ujku eagle orel orao shqiponja shqipe horse kon kali
dog pas kuce qen cat macka mace fish riba peshk bird ptica zog football fudbal futboll soccer
basketball kosarka hockey tennis vardar partizani pelister tirana shkendija prishtina sport
winner champion sampion hero batman superman spiderman pokemon matrix starwars ninja shadow killer
freedom sloboda liria liri peace mir paqe money pari para lucky jesus bog zot allah
michael jordan daniel david thomas robert maria anna marko nikola stefan petar ivan jovan
aleksandar goran zoran dragan darko elena ivana marija ana jelena milica katerina biljana
agim arben arta besa drita fatmir ilir luan shpend valon vjosa albana teuta gent dardan
skopje shkup skoplje tetovo tetova bitola manastir ohrid oher kumanovo kumanova strumica stip
veles prilep gostivar kicevo kercove debar struga kavadarci gevgelija radovis kocani
pristina prizren peja pec gjakova djakovica gjilan gnjilane mitrovica ferizaj urosevac
vushtrri podujeva tirane tirona durres beograd belgrade nis sofia zagreb
macedonia makedonija maqedonia kosovo kosova albania shqiperia shqiperi serbia srbija balkan
europe evropa polog pelagonia pelagonija vardari region rajon rajoni
mobilizer mobilizator mobilizues mentor mentori coordinator koordinator promise promises premtim
premtimi vetuvanje obecanje election elections izbori zgjedhje program programme scorecard
party partija partia vote glas votim votuesi citizen gragjanin gradjanin qytetar
desk field phone telefon mobile work rabota posao pune school skola shkolla home house kuca kuka
shtepi family familija familja mother majka nena father tatko otac baba sister sestra motra
brother brat vellai friend prijatel prijatelj mik shoku
correct horse battery staple trustno one two three four five nje dy tre kater pese
eden dva tri cetiri pet mustang ferrari mercedes bmw audi opel golf chelsea arsenal liverpool
barcelona juventus milan realmadrid bayern cookie chocolate coffee pizza banana apple orange
""".split()

#: As they are compared: folded, each once.
WORDS = frozenset(normalise(word) for word in _LISTED)
