uptime-title = Verfügbarkeit
uptime-up = { $percent } verfügbar
uptime-base = der gemessenen Zeit
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

component-unnamed = Komponente ohne Namen
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
uptime-year-figure = { $year }: { $figure }
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
response-hours-ago = vor 24 Std.
response-now = Jetzt
response-table = Dasselbe als Tabelle
response-col-when = Beginn
response-col-mean = Mittel
response-col-longest = Langsamste Prüfung
response-col-failed = Fehlgeschlagen
response-failed = { $failures } von { $checks }
response-ms = { $n } ms
