# Deutsch

language-name = Deutsch
language-direction = ltr

month-1 = Jan.
month-2 = Feb.
month-3 = März
month-4 = Apr.
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = Aug.
month-9 = Sept.
month-10 = Okt.
month-11 = Nov.
month-12 = Dez.
month-long-1 = Januar
month-long-2 = Februar
month-long-3 = März
month-long-4 = April
month-long-5 = Mai
month-long-6 = Juni
month-long-7 = Juli
month-long-8 = August
month-long-9 = September
month-long-10 = Oktober
month-long-11 = November
month-long-12 = Dezember
weekday-1 = Mo.
weekday-2 = Di.
weekday-3 = Mi.
weekday-4 = Do.
weekday-5 = Fr.
weekday-6 = Sa.
weekday-7 = So.
month-year = { $month } { $year }
date-short = { $day }. { $month }
date-full = { $day }. { $month } { $year }
date-named = { $weekday }, { $date }
date-run = { $first }.–{ $last }
date-run-far = { $first } – { $last }
date-time = { $date }, { $time }
window-to = bis
times-in-utc = Zeiten in UTC.
times-in-zone = Zeiten in { $zone } und UTC.

duration-none = weniger als 1 min
duration-d = { $n } { $n ->
    [one] Tag
   *[other] Tage
}
duration-h = { $n } h
duration-min = { $n } min
duration-two = { $large } { $small }

decimal-mark = ,
percent = { $figure } %

list-two = { $first } und { $last }
list-more = { $first }, { $last }
list-rest = { $n } weitere

status-operational = Funktioniert
status-degraded_performance = Beeinträchtigt
status-partial_outage = Teilausfall
status-major_outage = Ausfall
status-under_maintenance = In Wartung
status-unknown = Nicht gemessen
status-silent = Keine aktuellen Daten
impact-none = Keine Auswirkung
impact-maintenance = Geplante Arbeiten
impact-minor = Geringe Auswirkung
impact-major = Erhebliche Auswirkung
impact-critical = Kritische Auswirkung
step-investigating = Wird untersucht
step-identified = Ursache gefunden
step-monitoring = Unter Beobachtung
step-resolved = Behoben
step-postmortem = Nachbetrachtung
step-scheduled = Geplant
step-in_progress = Im Gange
step-verifying = Wird geprüft
step-completed = Abgeschlossen
step-cancelled = Abgesagt

sentence-all-systems-operational = Alle Systeme funktionieren
sentence-service-under-maintenance = Wartungsarbeiten
sentence-partially-degraded-service = Dienst teilweise beeinträchtigt
sentence-degraded-system-service = Dienst beeinträchtigt
sentence-minor-service-outage = Kleinere Störung
sentence-partial-system-outage = Teilweiser Ausfall
sentence-major-system-outage = Ausfall aller Systeme

# Zwischen Seiten, die aufeinander folgen
arrow-back = ←
arrow-on = →

# Der Verlauf nach Monaten
history-title = Verlauf, { $month }
history-title-filtered = Verlauf, { $month }, gefiltert
history-description = Störungen und geplante Arbeiten bei { $name } im { $month }.
history-months = Monate
history-entries = Störungen und geplante Arbeiten
history-all-months = Alle Monate
history-month-entries = { $month }, { $n ->
    [one] 1 Eintrag
   *[other] { $n } Einträge
}
history-nothing = Nichts.
history-nothing-matches = In diesem Monat entspricht nichts dem Filter.
no-incidents = Keine Störungen gemeldet.
component-unnamed = Komponente ohne Namen

# Sein Filter
history-filter = Filtern
history-show = Anzeigen
history-month = Monat
history-component = Komponente
history-component-any = Alle Komponenten
history-impact = Auswirkung
history-impact-any = Jede Auswirkung
history-impact-minor = Gering oder schlimmer
history-impact-major = Erheblich oder schlimmer
history-impact-critical = Nur kritisch
history-kind = Art
history-kind-any = Alles
history-kind-incident = Nur Störungen
history-kind-maintenance = Nur geplante Arbeiten
history-chosen = Gezeigt wird nur:
history-without = { $filter }: diesen Filter entfernen
history-everything = Alles zeigen

# Ein Eintrag im Verlauf
entry-mentioned = { $outcome }, siehe oben
entry-resolved-after = { $impact }, behoben nach { $duration }
entry-investigating = { $impact }, wird untersucht
entry-identified = { $impact }, Ursache gefunden
entry-monitoring = { $impact }, unter Beobachtung
entry-resolved = { $impact }, behoben
entry-postmortem = { $impact }, behoben
entry-completed-after = Geplante Arbeiten, abgeschlossen nach { $duration }
entry-scheduled = Geplante Arbeiten
entry-in_progress = Geplante Arbeiten, im Gange
entry-verifying = Geplante Arbeiten, werden geprüft
entry-completed = Geplante Arbeiten, abgeschlossen
entry-cancelled = Geplante Arbeiten, abgesagt

# Nachbetrachtungen
postmortem = Nachbetrachtung
postmortem-about = Zu
postmortem-contents = Inhalt
postmortem-in-incidents = { $duration } in { $n ->
    [one] 1 Störung
   *[other] { $n } Störungen
}
postmortem-open = Nachbetrachtung öffnen
postmortem-overdue = Nachbetrachtung zugesagt bis { $day }, überfällig.
postmortem-promised = Nachbetrachtung zugesagt bis { $day }
postmortem-provisional = Vorläufig
postmortem-published = Veröffentlicht am { $day }
postmortem-read = Die ganze Nachbetrachtung lesen
postmortem-revised = Überarbeitet am { $day }
postmortem-revised-times = { $n ->
    [one] Einmal überarbeitet
    [2] Zweimal überarbeitet
   *[other] { $n }-mal überarbeitet
}
postmortem-so-far = Das ist unser bisheriger Stand. Eine ausführlichere Fassung wird ihn hier ersetzen.
postmortem-until = Was hier bis { $time } stand
postmortem-waived = Es ist keine Nachbetrachtung geplant: { $because }
postmortem-will-follow = Eine Nachbetrachtung folgt.
section-summary = Zusammenfassung
section-impact = Auswirkung
section-causes = Ursachen
section-actions-taken = Was wir getan haben
section-near-term = Was wir bald tun
section-long-term = Was wir langfristig vorhaben
section-stay-informed = Wie Sie auf dem Laufenden bleiben
section-follow-ups = Folgemaßnahmen
fact-from = Von
fact-to = Bis
fact-duration = Dauer
fact-components = Komponenten
fact-affected = Betroffen
fact-data-loss = Datenverlust
fact-workaround = Abhilfe
data-loss-no = Es gingen keine Daten verloren
data-loss-yes = Es gingen Daten verloren
data-loss-unknown = Noch nicht bekannt

# Alle Nachbetrachtungen
postmortems = Nachbetrachtungen
postmortems-all = Alle Nachbetrachtungen
postmortems-description = Warum es bei { $name } zu Störungen kam und was daraus folgt.
postmortems-earlier = Frühere
postmortems-feed = Atom-Feed
postmortems-lede = Was schiefging, warum, und was wir tun, damit es nicht wieder geschieht.
postmortems-none = Noch ist keine Nachbetrachtung veröffentlicht. Sobald eine zugesagt oder veröffentlicht ist, steht sie hier.
postmortems-overdue = Zugesagt bis { $day }, überfällig.
postmortems-owed = In Arbeit
postmortems-promised = Zugesagt bis { $day }
postmortems-published = Veröffentlicht

# Was eine Nachbetrachtung früher sagte
revision-description = Eine frühere Fassung einer Nachbetrachtung: { $title }
revision-now = Lesen Sie, was sie heute sagt
revision-superseded = Überholt
revision-title = Überholt: { $title }
revision-until = Das stand bis { $time } in der Nachbetrachtung. Seither wurde sie überarbeitet.

# Der Entwurf einer Nachbetrachtung, für alle, die einen Link darauf haben
preview-description = Ein Entwurf, der nicht veröffentlicht ist.
preview-draft = Entwurf: nicht veröffentlicht
preview-over = Dieser Link ist abgelaufen
preview-over-lede = Er zeigte bis { $time } einen Entwurf. Bitten Sie die Person, die ihn Ihnen geschickt hat, um einen neuen.
preview-published = Veröffentlichte Nachbetrachtungen
preview-title = Entwurf: { $title }
preview-unknown = Unter diesem Link gibt es keinen Entwurf
preview-unknown-lede = Vielleicht ist er unvollständig, oder den Entwurf gibt es nicht mehr. Bitten Sie die Person, die ihn Ihnen geschickt hat, um einen neuen.
preview-until = Er kann sich noch ändern, und Leser sehen ihn nicht. Dieser Link gilt bis { $time }.

# Was aus Nachbetrachtungen folgt
follow-ups-all = Folgemaßnahmen aller Nachbetrachtungen
follow-ups-by-state = Nach Stand
follow-ups-description = Was { $name } nach Störungen tut, damit sie nicht wieder geschehen.
follow-ups-from = Aus { $postmortem }
follow-ups-lede = Was wir nach Störungen zugesagt haben, und wie weit es ist.
follow-ups-none = Noch ist nichts zugesagt. Was Nachbetrachtungen zusagen, steht hier, mit seinem Stand.
follow-ups-overdue = { $n ->
    [one] 1 davon ist überfällig.
   *[other] { $n } davon sind überfällig.
}
follow-ups-planned = { $n } geplant
follow-ups-underway = { $n } in Arbeit
follow-ups-done = { $n } erledigt
follow-ups-dropped = { $n } verworfen
action-planned = Geplant
action-underway = In Arbeit
action-done = Erledigt
action-dropped = Verworfen
# Jeder Stand mit seinem Tag in einer Zeile: der erste, und die späteren
action-first-planned = Geplant { $day }
action-first-underway = In Arbeit seit { $day }
action-first-done = Erledigt { $day }
action-first-dropped = Verworfen { $day }
action-then-planned = geplant { $day }
action-then-underway = in Arbeit seit { $day }
action-then-done = erledigt { $day }
action-then-dropped = verworfen { $day }
action-due = Fällig am { $day }
action-overdue = Überfällig seit { $day }
action-progress = { $n ->
    [one] 1 Folgemaßnahme.
   *[other] { $done ->
        [one] { $done } von { $n } Folgemaßnahmen ist erledigt.
       *[other] { $done } von { $n } Folgemaßnahmen sind erledigt.
    }
}
action-progress-all = { $n ->
    [one] Die Folgemaßnahme ist erledigt.
   *[other] Alle { $n } Folgemaßnahmen sind erledigt.
}
action-read-more = Mehr lesen
action-vote = Abstimmen
action-vote-for = Stimmen für: { $title }
action-votes = { $n ->
    [one] 1 Stimme
   *[other] { $n } Stimmen
}

# Die Feeds zu dem einen, was eine Seite zeigt
feed-of-one = Nur hierzu: { $title }

# Vorfälle und geplante Arbeiten: ihre Karten, ihre Seiten, und wie man einem davon folgt.

follow-title = Nur davon hören
follow-link = Per E-Mail folgen
follow-lede = Eine E-Mail bei jeder Neuigkeit hierzu, und zu nichts anderem.
follow-address = Ihre E-Mail-Adresse
follow-ask = Folgen
follow-hint = Sie erhalten zuerst eine E-Mail mit der Frage, ob Sie es waren. In jeder E-Mail steht ein Link zum Beenden.
follow-everything = Stattdessen von allem hören
follow-over = Das ist vorbei: Es gibt dazu nichts mehr zu hören.
follow-ended = Das ist inzwischen vorbei: Es gibt dazu nichts mehr zu hören. Es wurde nichts geändert.
follow-button = Drücken Sie den Knopf auf dieser Seite, um davon zu hören oder nicht mehr. Es wurde nichts geändert.
follow-no-mail = Diese Seite verschickt keine E-Mails. Feed und Kalender melden jede Neuigkeit.
follow-asked-title = Sehen Sie in Ihr Postfach
follow-asked = Eine E-Mail ist unterwegs an { $address }. Folgen Sie dem Link darin innerhalb von 24 Stunden.
follow-asked-hint = Nach einigen Minuten nichts da? Sehen Sie bei den unerwünschten E-Mails nach, und ob die Adresse richtig geschrieben ist. Eine Adresse erhält am Tag nur wenige solche E-Mails.
follow-question = Möchten Sie von jeder Neuigkeit hierzu hören, gleich was Sie sonst gewählt haben?
follow-do = Folgen
follow-standing = Sie hören von jeder Neuigkeit hierzu.
follow-stop = Nicht mehr folgen
follow-all = Alles, wovon Sie hören
follow-list = Wem Sie folgen
follow-only = Sie hören nur hiervon. Wählen Sie oben Arten von Nachrichten, um mehr zu hören.
follow-dates = Kalender
follow-feed = Feed
follow-file = Kalenderdatei
follow-calendar = In den Kalender

fact-began = Beginn
fact-detected = Bemerkt
fact-first-post = Erste Meldung
fact-resolved = Behoben
fact-lasted = Dauer
fact-next = Nächste Meldung bis
fact-announced = Angekündigt
fact-ended = Ende
fact-took = Dauer
fact-overdue = Meldung überfällig seit

incident-whole = { $n ->
    [0] Ganzer Verlauf
    [one] Ganzer Verlauf, { $n } weitere Meldung
   *[other] Ganzer Verlauf, { $n } weitere Meldungen
}
incident-affected = Betroffene Komponenten
incident-now = Jetzt:
incident-related = Verwandte Vorfälle
incident-related-hint = Mit denselben Komponenten oder in derselben Nachbetrachtung.

update-list = Meldungen
update-postmortem = Nachbetrachtung veröffentlicht
update-read-postmortem = Nachbetrachtung lesen
update-later = nachgetragen um
update-edited = geändert
update-changed = Geändert
update-shown-before = Vorher angezeigt unter
difference-gone = entfernt:
difference-new = hinzugefügt:

work-scheduled = Geplante Arbeiten
work-in_progress = Geplante Arbeiten im Gange
work-verifying = Geplante Arbeiten, werden geprüft
work-completed = Geplante Arbeiten, abgeschlossen
work-cancelled = Geplante Arbeiten, abgesagt
work-details = Einzelheiten
work-undated = Angekündigt, Termin folgt
work-concerned = Betroffene Komponenten
work-automatic = Automatisch gemeldet
work-repeats = { $n ->
    [one] Wiederholt sich, ein weiterer Termin:
   *[other] Wiederholt sich, { $n } weitere Termine:
}
work-later-dates = { $n ->
    [one] ein späterer
   *[other] { $n } spätere
}
work-extended-from = verlängert, zuvor
work-moved-from = verschoben von
work-ended-early = früher beendet als geplant, um
work-not-begun = Noch nicht begonnen, obwohl der Beginn geplant war um
work-overruns = Dauert länger als geplant: Das Ende war vorgesehen um
work-move-told = angekündigt
work-dates = Termine
work-other-dates = Andere Termine
work-no-other-date = Es steht kein anderer Termin an.
work-beyond = { $n ->
    [one] und noch einer, im Kalender
   *[other] und { $n } weitere, alle im Kalender
}
work-number = Nummer { $n } von { $all } einer Reihe.
event-announced = Angekündigt
event-date_set = Termin festgelegt
event-moved = Verschoben
event-extended = Verlängert
event-cancelled = Abgesagt
event-started = Begonnen
event-verifying = Wird geprüft
event-finished = Abgeschlossen
event-updated = Neuigkeit
downtime-none = Keine Ausfallzeit erwartet.
downtime-none-worst = Keine Ausfallzeit erwartet, schlimmstenfalls { $worst }.
downtime-both = Erwartete Ausfallzeit { $expected }, schlimmstenfalls { $worst }.
downtime-expected = Erwartete Ausfallzeit { $expected }.
downtime-worst = Ausfallzeit schlimmstenfalls { $worst }.
reminder-plan = Abonnenten werden erinnert: { $when }.
reminder-before = { $times } vorher
reminder-start = zu Beginn
reminder-end = am Ende
reminder-days = { $n ->
    [one] { $n } Tag
   *[other] { $n } Tage
}
reminder-hours = { $n ->
    [one] { $n } Stunde
   *[other] { $n } Stunden
}
reminder-minutes = { $n ->
    [one] { $n } Minute
   *[other] { $n } Minuten
}

stock-investigating = Wir gehen der Sache nach.
stock-identified = Wir kennen die Ursache und arbeiten an einer Lösung.
stock-monitoring = Eine Lösung ist in Kraft. Wir beobachten, ob sie hält.
stock-resolved = Diese Störung ist vorbei.
stock-postmortem = Wir haben veröffentlicht, was geschehen ist und was wir ändern werden.
stock-undated = Wir planen diese Arbeiten. Der Termin wird später festgelegt.
stock-announced = Diese Arbeiten sind geplant: { $window }.
stock-date_set = Der Termin dieser Arbeiten steht fest: { $window }.
stock-moved = Diese Arbeiten haben einen anderen Termin: { $window }. Geplant war bisher: { $before }.
stock-extended = Diese Arbeiten dauern länger als geplant. Der Zeitraum ist jetzt: { $window }. Geplant war bisher: { $before }.
stock-longer = Wir brauchen länger als geplant. Wir rechnen nun mit dem Ende bis { $until }; bisher war es { $before }. Wir melden, wenn die Arbeiten abgeschlossen sind.
stock-in_progress = Diese Arbeiten haben begonnen.
stock-verifying = Die Arbeiten sind getan. Wir prüfen, ob alles in Ordnung ist.
stock-completed = Diese Arbeiten sind abgeschlossen.
stock-cancelled = Diese Arbeiten sind abgesagt und werden nicht fortgesetzt.
stock-series = Diese Reihe geplanter Arbeiten ist abgesagt. Keiner der kommenden Termine findet statt.
stock-itself-begun = Die geplanten Arbeiten sind im Gange. Bei Bedarf melden wir Neues.
stock-itself-ended = Die geplanten Arbeiten sind abgeschlossen.
stock-failure-title = Problem mit { $component }
stock-failure = Wir untersuchen ein Problem mit { $component }. Sobald wir mehr wissen, melden wir es.
stock-failure-some-title = Ein Problem wird untersucht
stock-failure-some = Wir untersuchen ein Problem. Sobald wir mehr wissen, melden wir es.
stock-failures-title = Mehrere Komponenten sind nicht verfügbar
stock-failures = Wir untersuchen ein Problem mit mehreren Komponenten. Sobald wir mehr wissen, melden wir es.

seen-affected = Sind Sie davon betroffen?
seen-too = Ich sehe das auch
seen-broken = Funktioniert es bei Ihnen nicht?
seen-here = Ich sehe hier ein Problem
feedback-title = Ihre Meinung
feedback-question = Hat das Ihre Fragen beantwortet?
feedback-yes = Ja
feedback-no = Nein
feedback-missing = Was fehlt oder ist unklar?
feedback-hint = Freiwillig, höchstens 2.000 Zeichen; das Team liest es, veröffentlicht wird es nie.
feedback-send = Senden
feedback-choose = Wählen Sie Ja oder Nein.
feedback-long = Ihr Text hat { $value } Zeichen. Kürzen Sie ihn auf höchstens 2.000.
feedback-character = Ihr Text enthält das Zeichen { $value }, das nicht so gezeigt wird, wie es geschrieben ist. Nehmen Sie es heraus.

look-title = { $title } - Status von { $name }
look-site = Status von { $name }
look-og-locale = de_DE
look-feed = Status von { $name }
look-feed-postmortems = Nachbetrachtungen von { $name }
look-calendar = Geplante Arbeiten von { $name }
look-about = Über diese Seite
look-home = Zu { $site }

# Was Menschen in einer anderen Sprache geschrieben haben als der Seite darum
foreign-mark = auf { $language }
language-ar = Arabisch
language-de = Deutsch
language-en = Englisch

uptime-title = Verfügbarkeit
uptime-up = { $percent } verfügbar
# Wo ein Teil der Zeit nicht gemessen wurde
uptime-up-partly = { $up }, Daten für { $share }
uptime-days-ago = { $n ->
    [one] vor 1 Tag
   *[other] vor { $n } Tagen
}
uptime-today = Heute
uptime-not-yet = Noch nicht gemessen
uptime-page-not-yet = Verfügbarkeit: noch nicht gemessen.
uptime-not-measured = nicht gemessen
uptime-nothing = keine Störung

uptime-lost-degraded_performance = { $length } beeinträchtigt
uptime-lost-partial_outage = { $length } Teilausfall
uptime-lost-major_outage = { $length } Ausfall
uptime-lost-under_maintenance = { $length } geplante Arbeiten
uptime-lost-not_measured = { $length } nicht gemessen
uptime-incidents = { $n ->
    [one] 1 Störung
   *[other] { $n } Störungen
}
uptime-day = { $day }: { $what }

uptime-strip = { $name }, { $n ->
    [one] letzter Tag
   *[other] letzte { $n } Tage
}: { $figure }
uptime-strip-worst = { $text }; schlechtester Tag { $day }: { $what }
uptime-strip-silent = { $text }; { $n ->
    [one] 1 Tag
   *[other] { $n } Tage
} nicht gemessen

components-title = Komponenten
components-legend = Legende
components-legend-operational = Funktioniert
components-legend-degraded_performance = Beeinträchtigt
components-legend-partial_outage = Teilausfall
components-legend-major_outage = Ausfall
components-legend-under_maintenance = Wartung
components-upstream = Anbieter, auf denen wir aufbauen
components-upstream-note = Zur Einordnung: Sie ändern unseren Status nicht.
components-and-status = : { $status }

component-provider = Ein Anbieter, auf dem die Plattform aufbaut; er ändert den Gesamtstatus nicht.
component-silent = Die Überwachung meldet sich seit einiger Zeit nicht.
component-page-title = { $status }: { $name }
component-about = Status, Verfügbarkeit und Störungen von { $name }, einem Teil von { $page }.
component-planned = Geplant
component-touched = Störungen und geplante Arbeiten
component-quiet = Keine Störungen gemeldet.
component-all-history = Gesamter Verlauf
component-follow = Dieser Komponente folgen
component-follow-note = Feeds und ein Kalender nur für diese Komponente, ein Abzeichen für Ihre eigenen Seiten und die Zahlen als Dateien:
component-atom = Atom-Feed
component-rss = RSS-Feed
component-calendar = Kalender der geplanten Arbeiten
component-badge = Abzeichen
component-json = Verfügbarkeit als JSON
component-csv = Verfügbarkeit als CSV

uptime-covered = { $figure } der gemessenen Zeit verfügbar, mit Daten für { $share } des Zeitraums.
uptime-how = Wie wird das berechnet?
uptime-window = Vom { $first } bis { $last }, Tage in der Zeitzone der Seite ({ $zone }).
uptime-one-day = { $day }, von Mitternacht bis Mitternacht in der Zeitzone der Seite ({ $zone }).
uptime-method = Verfügbarkeit = 100 % × (gemessene Zeit − gewichtete Ausfallzeit) ÷ gemessene Zeit. Geplante Arbeiten und nicht gemessene Zeit zählen nicht mit. Das Ergebnis wird nach zwei Nachkommastellen abgeschnitten, nie aufgerundet.
uptime-col-time = Zeit
uptime-col-seconds = Sekunden
uptime-col-weight = Gewicht
uptime-col-lost = Zählt als Ausfall
uptime-row-measured = Gemessen
uptime-left-out = zählt nicht mit
uptime-seconds = { $n } s
uptime-seconds-told = { $length } ({ $n } s)
uptime-none = keine
uptime-sum = 100 % × ({ $measured } − { $down }) ÷ { $measured } = { $percent }

uptime-last-days = { $n ->
    [one] Letzter Tag
   *[other] Letzte { $n } Tage
}
uptime-col-day = Tag
uptime-col-uptime = Verfügbarkeit
uptime-col-what = Was geschah
uptime-years = Monate und Jahre
uptime-month-worst = niedrigster Wert des Jahres
uptime-by-month = { $year } nach Monaten
uptime-choose-year = Jahre
uptime-lede = Wie viel der Zeit jede Komponente funktioniert hat: die letzten { $n } Tage und jeder aufgezeichnete Monat.
uptime-overall-note = Jede Zahl gilt für eine Komponente. Eine Zahl über alle gibt es nicht: Sie würde die eine verdecken, die ausgefallen ist.
uptime-about = Verfügbarkeit von { $page } nach Tagen, Monaten und Jahren.
uptime-marks = Ein Strich unter einem Monat zeigt, wie viel verloren ging: dünn für weniger als 0,1 %, dicker für weniger als 1 %, am dicksten für mehr.
uptime-no-record = Im Jahr { $year } wurde nichts gemessen.

day-title = { $name }, { $day }
day-about = Was am { $day } mit { $name } geschah, Minute für Minute.
day-beside = Tage
day-spans = Minute für Minute
day-col-from = Von
day-col-until = Bis
day-col-status = Status
day-col-length = Dauer
day-now = jetzt
day-nothing = An diesem Tag keine Störungen und keine geplanten Arbeiten.

response-title = Antwortzeiten
response-note = Von unserer eigenen Überwachung gemessen, über alle Prüfungen zusammen.
response-recent = Letzte 24 Stunden
response-days = Letzte { $n } Tage
response-said = Im Mittel { $mean }; { $unit ->
    [day] langsamster Tag
   *[other] langsamste halbe Stunde
} { $when } mit { $slowest }. { $failures ->
    [0] Keine Prüfung
    [one] 1 Prüfung
   *[other] { $failures } Prüfungen
} von { $checks } fehlgeschlagen.
response-scale = bis { $top }
response-hours-ago = vor 24 h
response-now = Jetzt
response-table = Dasselbe als Tabelle
response-col-when = Beginn
response-col-mean = Mittel
response-col-longest = Langsamste Prüfung
response-col-failed = Fehlgeschlagen
response-failed = { $failures } von { $checks }
response-ms = { $n } ms

skip = Zum Inhalt springen
demo = Vorführung: eine erfundene Plattform mit erfundenen Daten.
demo-label = Vorführung
brand-word = Status
menu-label = Hauptmenü
menu-history = Verlauf
menu-uptime = Verfügbarkeit
menu-postmortems = Nachbetrachtungen
menu-follow-ups = Folgemaßnahmen
foot-label = Mehr
updates = Abonnieren
language-label = Sprache
reading-label = Sprache und Zeiten
languages-label = Sprachen
as-of = Stand:
unseen = Seitdem sind unsere eigenen Daten nicht erreichbar; Neueres ist nicht bekannt.
live-kept = diese Seite aktualisiert sich selbst
live-lost = der Server ist nicht erreichbar, gezeigt wird der letzte bekannte Stand
own-time = { $time } Ihrer Zeit
zone = Zeiten
zone-page = { $zone }, UTC und meine
zone-utc = Nur UTC
zone-own = Nur meine Zeit
theme = Darstellung
theme-system = System
theme-light = Hell
theme-dark = Dunkel
mail-lede = Erfahren Sie von Störungen, wenn sie geschehen:
mail-link = Per E-Mail abonnieren
feeds-lede = Ohne E-Mail: Folgen Sie einem Feed, nehmen Sie geplante Arbeiten in Ihren Kalender auf, oder lesen Sie den Zustand mit einem Programm.
feeds-atom = Atom-Feed
feeds-rss = RSS-Feed
feeds-calendar = Kalender
feeds-json = JSON
untitled = Ohne Titel
announcement = Ankündigung
current-status = Aktueller Status

home-description = { $sentence }. Status, Störungen, geplante Arbeiten und Verfügbarkeit von { $name }.
home-description-open = { $sentence }. Offen: { $open }.
home-open = Offene Störungen
home-also-open = Außerdem offen
home-planned = Geplante Arbeiten
home-also-planned = Außerdem geplant
home-calendar = In den Kalender
home-past = Die letzten Tage
home-none = Keine Störungen gemeldet.
home-went-on = dauerte an.
home-last = Letzte Störung:
home-all = Gesamter Verlauf

form-address = Ihre E-Mail-Adresse
form-trap = Bitte leer lassen
form-marked = Es wurde nichts geändert. Bitte sehen Sie sich die markierten Felder an.
saved = Gespeichert.
save = Speichern
inbox = Sehen Sie in Ihr Postfach
later = Bitte versuchen Sie es später noch einmal
later-sentence = In kurzer Zeit kamen zu viele solche Anfragen. Es wurde nichts geändert. Bitte versuchen Sie es in einer Stunde noch einmal.
proof-title = Einen Moment
proof-lede = Gerade bitten sehr viele diese Seite um E-Mails. Damit niemand über sie Postfächer überfluten kann, erledigt Ihr Browser eine kleine Rechnung, bevor wir eine senden. Nichts von Ihren Angaben geht verloren.
proof-working = Ihr Browser rechnet. Das dauert ein paar Sekunden und geht dann von selbst weiter.
proof-wait = Ohne Skripte: Warten Sie zwei Minuten und drücken Sie dann den Knopf. Er gilt eine halbe Stunde.
proof-button = Weiter
wishes-kinds = Welche Nachrichten
wishes-about = Nachrichten über
wishes-all = Alles, auch was später dazukommt
wishes-chosen = Nur diese Komponenten
wishes-components = Komponenten
wishes-others = Andere
wishes-floor = Wie schlimm es sein muss
floor-none = Alle Störungen
floor-minor = Ab Beeinträchtigungen
floor-major = Ab Teilausfällen
floor-critical = Nur Ausfälle
kind-incidents = Störungen
kind-maintenances = Geplante Arbeiten
kind-postmortems = Nachbetrachtungen
kind-announcements = Ankündigungen

subscribe-title = Nachrichten per E-Mail
subscribe-description = Von Störungen bei { $name } erfahren, wenn sie geschehen.
subscribe-lede = Eine E-Mail, wenn etwas ausfällt, wenn es Neues dazu gibt und wenn es vorbei ist. In jeder E-Mail steht ein Link zum Abmelden.
subscribe-button = Abonnieren
subscribe-hint = Zuerst bekommen Sie eine E-Mail mit der Frage, ob Sie es waren. Erst dann gilt das Abonnement.
subscribe-no-mail = Diese Seite verschickt keine E-Mails.
subscribe-asked = Falls { $address } noch nicht angemeldet ist, ist eine E-Mail dorthin unterwegs. Folgen Sie dem Link darin innerhalb von 24 Stunden.
subscribe-asked-hint = Nach einigen Minuten noch nichts da? Sehen Sie im Spam-Ordner nach und prüfen Sie die Schreibweise der Adresse. Eine Adresse bekommt eine solche E-Mail am Tag.
confirm-title = Abonnement bestätigen
confirm-lede = Ein Klick, und Sie hören per E-Mail von { $name }.
confirm-button = Bestätigen
confirm-hint = Sie waren es nicht? Tun Sie nichts: Ohne Ihren Klick gibt es keine E-Mails.
confirm-done = Sie sind angemeldet
confirm-done-lede = Von jetzt an hören Sie per E-Mail von { $name }.
confirm-manage = Auswählen, was Sie erfahren, oder abmelden
confirm-lapsed = Dieser Link ist zu alt
confirm-lapsed-lede = Links zum Bestätigen gelten 24 Stunden. Es wurde nichts geändert.
confirm-again = Neuen Link schicken
confirm-sent = Eine neue E-Mail ist unterwegs. Folgen Sie dem Link darin innerhalb von 24 Stunden.
confirm-not-sent = Es wurde keine neue E-Mail geschrieben
confirm-not-sent-lede = Diese Adresse bekam in den letzten 24 Stunden eine E-Mail, hat drei davon nicht beantwortet oder braucht keine mehr. Suchen Sie die neueste E-Mail in Ihrem Postfach, oder versuchen Sie es morgen noch einmal.
subscription-title = Ihr Abonnement
subscription-pending = Es ist noch nicht bestätigt: Folgen Sie dem Link in der ersten E-Mail.
subscription-quarantined = E-Mails an diese Adresse kamen zurück, darum werden keine mehr geschickt. Abonnieren Sie neu, um wieder anzufangen.
subscription-votes = Dafür haben Sie gestimmt.
subscription-no-votes = Sie haben noch für keine gestimmt.
subscription-others = Für andere stimmen
subscription-leave = Abmelden
subscription-leave-lede = Sie hören ab sofort nichts mehr.
unsubscribe-button = Abmelden
unsubscribe-lede = Ein Klick, und Sie bekommen keine E-Mails mehr über { $name }.
unsubscribe-done = Sie sind abgemeldet
unsubscribe-done-lede = Sie bekommen keine E-Mails mehr über { $name }.
unsubscribe-again = Wieder abonnieren
link-title = Dieser Link gilt nicht
link-lede = Er ist vielleicht abgeschnitten oder gehört zu einem Abonnement, das beendet oder neu begonnen wurde. Nehmen Sie den Link in der neuesten E-Mail.

# Von einer Sache nichts mehr erfahren, oder nur noch ihr Ende
mute-title = E-Mails hierzu
mute-question = Sie bekommen E-Mails hierzu. Was soll daraus werden?
mute-all = Keine E-Mails mehr hierzu
mute-until-over = Nur noch sagen, wenn es vorbei ist
mute-stop = Wieder davon hören
mute-is-all = Sie bekommen keine E-Mails mehr hierzu.
mute-is-until-over = Sie bekommen hierzu noch eine E-Mail: wenn es vorbei ist.
mute-hint = Alles andere erfahren Sie wie bisher.
mute-list = Wovon Sie nichts mehr hören
mute-button = Drücken Sie einen der Knöpfe auf dieser Seite. Es wurde nichts geändert.

# Sprache, Zeitzone, und Adressen, die mehrere lesen
subscription-language = Sprache der E-Mails
subscription-zone = Zeitzone
subscription-zone-hint = Zeiten stehen in E-Mails in dieser Zone und in UTC. Leer: die Zone dieser Seite, { $zone }.
subscription-shared = Mehrere Personen lesen diese Adresse
subscription-shared-hint = Dann kann niemand allein das Abonnement beenden: Wer sich abmeldet, löst eine E-Mail aus, und jemand muss bestätigen. Aufheben können das nur die Betreiber dieser Seite.
subscription-is-shared = Mehrere Personen lesen diese Adresse, darum wird eine Abmeldung per E-Mail bestätigt. Ändern können das nur die Betreiber dieser Seite.

# Der Link zum Abonnement, per E-Mail
way-title = Schon angemeldet?
way-lede = Wir schicken Ihnen den Link, mit dem Sie auswählen, was Sie erfahren, oder sich abmelden.
way-button = Link per E-Mail schicken
way-asked = Falls { $address } hier angemeldet ist, ist eine E-Mail mit dem Link dorthin unterwegs.
way-asked-hint = Nach einigen Minuten noch nichts da? Sehen Sie im Spam-Ordner nach, und prüfen Sie, ob Sie mit dieser Adresse angemeldet sind. Eine Adresse bekommt drei solche E-Mails am Tag.

# Eine gemeinsame Adresse wird abgemeldet
leave-title = Diese Adresse abmelden
leave-lede = Jemand, der diese Adresse liest, möchte, dass sie keine E-Mails mehr über { $name } bekommt. Ein Klick, und sie bekommt keine mehr.
leave-button = Für alle abmelden
leave-hint = Soll sie angemeldet bleiben? Tun Sie nichts: Ohne Klick ändert sich nichts.
leave-lapsed = Links zum Abmelden einer gemeinsamen Adresse gelten 24 Stunden. Es wurde nichts geändert. Mit dem Link zum Abmelden in jeder E-Mail beginnen Sie neu.
leave-asked-title = Noch ein Schritt
leave-asked = Mehrere Personen lesen diese Adresse, darum ist eine E-Mail mit einem Link dorthin unterwegs. Sie ist abgemeldet, sobald jemand dem Link innerhalb von 24 Stunden folgt.
leave-asked-hint = Bis dahin ändert sich nichts. Eine Adresse bekommt eine solche E-Mail am Tag.
leave-shared = Alle, die diese Adresse lesen, bekommen eine E-Mail dazu. Sie ist abgemeldet, sobald jemand von Ihnen es bestätigt.

vote-title = Für eine Folgemaßnahme stimmen
vote-state-planned = Geplant
vote-state-underway = Im Gange
vote-state-done = Erledigt
vote-state-dropped = Verworfen
vote-standing = { $state }, { $votes ->
    [one] { $votes } Stimme
   *[other] { $votes } Stimmen
}. Folgt aus
vote-all = Alle Folgemaßnahmen
vote-closed = Dafür kann nicht mehr gestimmt werden.
vote-no-mail = Diese Seite verschickt keine E-Mails, darum kann hier niemand abstimmen: Eine Stimme wird per E-Mail bestätigt.
vote-send = Link zum Abstimmen schicken
vote-hint = Wer hier angemeldet ist, hat für jede Folgemaßnahme eine Stimme. Noch nicht angemeldet?
vote-asked = Falls { $address } hier bestätigt angemeldet ist, ist eine E-Mail dorthin unterwegs. Folgen Sie dem Link darin, um abzustimmen.
vote-asked-hint = Nach einigen Minuten noch nichts da? Sehen Sie im Spam-Ordner nach, und prüfen Sie, ob Sie mit dieser Adresse angemeldet sind.
vote-not-cast = Sie haben nicht dafür gestimmt.
vote-cast = Sie haben dafür gestimmt.
vote-cast-told = Sie haben dafür gestimmt und erfahren, wenn es erledigt ist.
vote-told = Sie erfahren, wenn es erledigt ist.
vote-do = Abstimmen
vote-do-follow = Abstimmen und erfahren, wenn es erledigt ist
vote-follow = Sagen Sie mir, wenn es erledigt ist
vote-unfollow = Sagen Sie mir nichts
vote-retract = Stimme zurücknehmen
vote-manage = Alles, was Sie erfahren
vote-bulk = Eine Stimme auf einmal: eine Folgemaßnahme, eine Adresse, ein Knopf. Es wurde nichts geändert.
vote-over = Dafür kann nicht mehr gestimmt werden. Es wurde nichts geändert.
vote-button = Drücken Sie einen der Knöpfe auf dieser Seite. Es wurde nichts geändert.

thanks = Vielen Dank
thanks-seen = Wir wissen jetzt, dass Sie es auch bemerken:
thanks-seen-hint = So sehen wir besser, wie weit es reicht. Wer Sie sind, wird nicht gespeichert, und auf dieser Seite ändert sich dadurch nichts.
thanks-over = Diese Störung ist vorbei
thanks-over-lede = Sie ist vorbei, darum wurde nichts vermerkt. Wenn Sie noch einen Fehler bemerken, melden Sie ihn auf der Seite der Komponente.
thanks-back = Zurück
thanks-feedback = Ihre Antwort wurde den Verfassern übergeben:
thanks-feedback-hint = Wer Sie sind, wird nicht gespeichert, darum kann Ihnen niemand zurückschreiben.
thanks-not-kept = Ihre Antwort wurde nicht gespeichert

lost = Unter dieser Adresse gibt es nichts
lost-title = Nicht gefunden
lost-lede = Was einmal veröffentlicht wurde, behält seine Adresse. Vielleicht ist der Link falsch geschrieben.
lost-history = Alles, was geschah
starting = Allclear startet
starting-lede = Der Status ist noch nicht bekannt: Das sagt nichts über die Plattform. Es dauert einige Sekunden.
starting-again = Noch einmal versuchen

wrong-address-empty = Geben Sie eine E-Mail-Adresse an, zum Beispiel name@example.com.
wrong-address-long = Diese Adresse ist zu lang: E-Mail-Adressen haben höchstens 254 Zeichen.
wrong-address-not-alone = Geben Sie nur eine Adresse an, zum Beispiel name@example.com, ohne Namen, Klammern oder Kommas.
wrong-address-characters = Diese Adresse enthält Zeichen, an die keine E-Mail gehen kann: Nehmen Sie nur Buchstaben ohne Akzente, Ziffern und . _ + -.
wrong-address-shape = Das ist keine E-Mail-Adresse: Sie braucht einen Namen, ein @ und eine Domain, zum Beispiel name@example.com.
wrong-address-domain = Hinter dem @ muss eine vollständige Domain wie example.com stehen, nicht der Name oder die Nummer eines Rechners.
wrong-address-role = Postfächer wie postmaster@ oder noreply@ können hier nicht angemeldet werden. Nehmen Sie eine persönliche Adresse oder die eines Teams.
wrong-address-no-mail = Diese Domain nimmt keine E-Mails an: { $value }. Prüfen Sie die Schreibweise.
wrong-kinds-none = Wählen Sie mindestens eine Art von Nachrichten.
wrong-kinds-shared = Diese Adresse lesen mehrere. Wählen Sie mindestens eine Art von Nachrichten, oder melden Sie sich ab: Die anderen werden dann per E-Mail gefragt.
wrong-floor = Die geringste Auswirkung muss none, minor, major oder critical sein.
wrong-components-none = Wählen Sie mindestens eine Komponente oder alle.
wrong-component = Eine Komponente { $value } gibt es auf dieser Seite nicht. Wählen Sie eine der aufgeführten.
wrong-unlisted = „{ $value }“ wird hier nicht angeboten. Wählen Sie aus dem Aufgeführten.
wrong-language = Die Sprache „{ $value }“ wird hier nicht angeboten. Wählen Sie aus dem Aufgeführten.
wrong-zone = Eine Zeitzone „{ $value }“ gibt es nicht. Schreiben Sie sie wie Europe/Berlin, oder lassen Sie das Feld leer.

# Was nicht beantwortet werden kann
away = Die Datenbank antwortet gerade nicht. Es wurde nichts geändert. Bitte versuchen Sie es in einigen Sekunden noch einmal.
cannot-show = Diese Seite kann gerade nicht gezeigt werden. Bitte versuchen Sie es in einigen Sekunden noch einmal.
wrong-uri = Diese Adresse ist zu lang: Von Pfad und Abfrage werden höchstens 8 kB gelesen.
wrong-method = Diese Adresse kann nur gelesen werden: Nehmen Sie GET oder HEAD.
wrong-year = Das Jahr muss aussehen wie 2026: vier Ziffern.
wrong-month = Der Monat muss aussehen wie 2026-11: ein Jahr, ein Strich und ein Monat von 01 bis 12.
wrong-component-id = Die Komponente muss mit ihrer Kennung genannt werden: 12 Zeichen, a bis z und 0 bis 9, wie in der Adresse ihrer Seite.
wrong-impact = Die Auswirkung muss minor, major oder critical sein: Gefragt ist nach allem, was so schlimm war oder schlimmer.
wrong-kind = Die Art muss incident oder maintenance sein.
wrong-form-letters = Dieses Formular ist nicht in UTF-8. Senden Sie es in UTF-8; es wurde nichts geändert.
wrong-form-fields = Dieses Formular hat zu viele Felder: Höchstens 5.000 werden gelesen.
wrong-too-large = Hierher können höchstens { $value } kB gesendet werden.
wrong-cut-off = Was gesendet wurde, kam nicht vollständig an.
