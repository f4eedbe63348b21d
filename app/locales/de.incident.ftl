# Vorfälle und geplante Arbeiten: ihre Karten, ihre Seiten, und wie man einem davon folgt.

follow-title = Nur davon hören
follow-link = Davon per E-Mail hören
follow-lede = Eine E-Mail bei jeder Neuigkeit hierzu, und zu nichts anderem.
follow-address = Ihre E-Mail-Adresse
follow-ask = Folgen
follow-hint = Sie erhalten zuerst eine E-Mail mit der Frage, ob Sie es waren. In jeder E-Mail steht ein Link zum Beenden.
follow-everything = Stattdessen von allem hören
follow-over = Das ist vorbei: Es gibt dazu nichts mehr zu hören.
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
follow-feed = Feed
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
