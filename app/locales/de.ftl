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

duration-none = weniger als 1 Min.
duration-d = { $n } { $n ->
    [one] Tag
   *[other] Tage
}
duration-h = { $n } Std.
duration-min = { $n } Min.
duration-two = { $large } { $small }

decimal-mark = ,
percent = { $figure } %

list-two = { $first } und { $last }
list-more = { $first }, { $last }

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
