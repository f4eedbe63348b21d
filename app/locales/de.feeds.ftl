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
   *[other] { $done } von { $n } Folgemaßnahmen sind erledigt.
}
action-progress-all = { $n ->
    [one] Die Folgemaßnahme ist erledigt.
   *[other] Alle { $n } Folgemaßnahmen sind erledigt.
}
action-read-more = Mehr lesen
action-untitled = Ohne Titel
action-vote = Abstimmen
action-vote-for = Stimmen für: { $title }
action-votes = { $n ->
    [one] 1 Stimme
   *[other] { $n } Stimmen
}

# Die Feeds zu dem einen, was eine Seite zeigt
feed-of-one = Nur hierzu: { $title }
