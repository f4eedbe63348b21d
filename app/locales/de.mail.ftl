# E-Mails an Abonnenten. Was sie mit den Seiten gemeinsam haben, sagen die Texte der Seiten.

# Kleingedrucktes: warum jemand die E-Mail bekommt, und wie es weniger oder nichts wird
mail-because = Sie bekommen diese E-Mail, weil Sie { $page } abonniert haben.
mail-because-voted = Sie bekommen diese E-Mail, weil Sie bei { $page } dafür gestimmt haben und davon hören wollten.
mail-once = Es bleibt bei dieser einen E-Mail, solange niemand noch einmal darum bittet.
mail-choose = Auswählen, was Sie erfahren
mail-leave-all = Von allem abmelden

# Bei jeder Art von Nachricht
mail-read = Auf der Seite lesen
mail-longer = Der Text ist länger, als eine E-Mail sein kann. Auf der Seite steht er ganz.

# Jemand hat vielleicht abonniert
mail-confirm = Jemand, hoffentlich Sie selbst, möchte, dass diese Adresse erfährt, wenn bei { $page } etwas ausfällt und wenn es wieder läuft.
mail-confirm-note = Der Link gilt einen Tag. Waren Sie es nicht, tun Sie nichts: Ohne Ihr Wort kommt nichts weiter.
mail-confirm-short = Ein Klick, und Sie erfahren, wenn etwas ausfällt.

# Wer schon abonniert hat, möchte vielleicht mehr hören, oder von einer Sache
mail-known = Jemand, hoffentlich Sie selbst, möchte, dass diese Adresse mehr von { $page } erfährt. Sie ist schon angemeldet: Was sie erfährt, wählen Sie.
mail-known-short = Sie sind schon angemeldet.
mail-follow = Jemand, hoffentlich Sie selbst, möchte, dass diese Adresse bei { $page } jede Neuigkeit hierzu erfährt, gleich was sie sonst erfährt:
mail-follow-short = Ein Klick, und Sie erfahren jede Neuigkeit dazu.
mail-no-change = Waren Sie es nicht, tun Sie nichts: Ohne Ihr Wort ändert sich nichts.

# Wer schon abonniert hat, braucht vielleicht den Link
mail-way = Jemand, hoffentlich Sie selbst, hat um den Link zu dem gebeten, was diese Adresse von { $page } erfährt. Damit wählen Sie aus oder melden sich ab.
mail-way-title = Der Link zu Ihrem Abonnement
mail-way-button = Abonnement ansehen
mail-way-note = Wer den Link hat, kann das Abonnement ändern: Geben Sie diese E-Mail nicht weiter.

# Jemand, der eine gemeinsame Adresse liest, möchte sie abmelden
mail-leave = Jemand, der diese Adresse liest, möchte, dass sie keine E-Mails mehr über { $page } bekommt. Weil mehrere sie lesen, bleibt sie angemeldet, bis jemand von Ihnen es bestätigt.
mail-leave-title = Soll diese Adresse abgemeldet werden?
mail-leave-button = Diese Adresse abmelden
mail-leave-note = Der Link gilt bis { $until }. Sollen die E-Mails weiter kommen, tun Sie nichts.
mail-leave-short = Es ändert sich nichts, bis jemand es bestätigt.

# Jemand hat vielleicht abgestimmt
mail-vote = Jemand, hoffentlich Sie selbst, stimmt bei { $page } für diese Folgemaßnahme:
mail-vote-title = Stimme bestätigen
mail-vote-button = Stimme bestätigen
mail-vote-item = Folgemaßnahme
mail-vote-from = Folgt aus
mail-vote-note = Waren Sie es nicht, tun Sie nichts: Ohne Ihr Wort zählt keine Stimme.
mail-vote-short = Ein Klick, und Ihre Stimme zählt

# Eine Folgemaßnahme ist erledigt
mail-item = Sie haben für diese Folgemaßnahme gestimmt und wollten hören, wenn sie erledigt ist. Das ist sie.

# Nachbetrachtungen
mail-postmortem-published = Nachbetrachtung veröffentlicht
mail-postmortem-published-about = Wir haben aufgeschrieben, was geschah, warum, und was wir tun. In Kürze:
mail-postmortem-provisional = Vorläufige Nachbetrachtung veröffentlicht
mail-postmortem-provisional-about = Das ist unser bisheriger Stand, und im selben Dokument folgt mehr. In Kürze:
mail-postmortem-revised = Nachbetrachtung überarbeitet
mail-postmortem-revised-about = Wir haben diese Nachbetrachtung überarbeitet; was vorher darin stand, ist weiter zu lesen. In Kürze:
mail-postmortem-revised-provisional = Vorläufige Nachbetrachtung überarbeitet
mail-postmortem-revised-provisional-about = Wir haben diese Nachbetrachtung überarbeitet, und es folgt mehr darin; was vorher darin stand, ist weiter zu lesen. In Kürze:
mail-word-published = Veröffentlicht
mail-word-provisional = Vorläufig
mail-word-revised = Überarbeitet
mail-word-revised-provisional = Überarbeitet, vorläufig

# Geplante Arbeiten: das Neue in der ersten Zeile, und ein Satz dazu
mail-work-announced = Geplant für { $start }
mail-work-announced-about = Wir planen diese Arbeiten für die Zeit oben. Bitte stellen Sie sich auf das ein, was sie für Sie bedeuten.
mail-work-announced-undated = Geplant, Termin folgt
mail-work-announced-undated-about = Wir planen diese Arbeiten und kennen ihren Termin noch nicht. Sobald er feststeht, steht er auf der Seite.
mail-work-announced-series = { $n ->
    [one] Einmal
   *[other] { $n }-mal
} geplant ab { $start }
mail-work-announced-series-about = Wir planen diese Arbeiten mehr als einmal. Der erste Termin steht oben, die anderen unten.
mail-work-date_set = Termin festgelegt: { $start }
mail-work-date_set-about = Diese Arbeiten waren ohne Termin angekündigt. Jetzt haben sie einen.
mail-work-moved = Verschoben auf { $start }
mail-work-moved-about = Diese Arbeiten finden zu einer anderen Zeit statt, als wir Ihnen gesagt haben.
mail-work-extended = Verlängert bis { $end }
mail-work-extended-about = Diese Arbeiten dauern länger, als wir Ihnen gesagt haben.
mail-work-cancelled = Abgesagt
mail-work-cancelled-about = Diese Arbeiten finden nicht statt.
mail-work-cancelled-begun = Während der Arbeiten abgebrochen
mail-work-cancelled-begun-about = Diese Arbeiten hatten begonnen, und wir setzen sie nicht fort.
mail-work-cancelled-series = { $n ->
    [one] Einmal
   *[other] { $n }-mal
} abgesagt
mail-work-cancelled-series-about = Keiner dieser Termine findet statt.
mail-work-reminder = Beginnt { $left }
mail-work-reminder-about = Zur Erinnerung: Diese geplanten Arbeiten stehen bevor.
mail-work-started = Begonnen
mail-work-started-about = Diese Arbeiten haben begonnen.
mail-work-verifying = Getan, wird jetzt geprüft
mail-work-verifying-about = Die Arbeiten selbst sind getan. Wir prüfen, ob alles in Ordnung ist, bevor wir sie abschließen.
mail-work-finished = Abgeschlossen
mail-work-finished-about = Diese Arbeiten sind vorbei.
mail-work-updated = Neuigkeit
mail-work-updated-about = Zu diesen Arbeiten gibt es mehr zu sagen.
mail-word-reminder = Erinnerung
mail-left = in etwa { $time }
mail-left-now = jetzt
# Dahinter steht jeweils ein Zeitraum.
mail-window-when = Wann
mail-window-now = Jetzt
mail-window-was = Vorher
mail-window-planned = War geplant für
mail-window-undated = Termin folgt
mail-window-none = Es gibt noch keinen Zeitraum.
mail-said-last = Was wir zuletzt sagten
mail-meanwhile = Während der Arbeiten
mail-again = Die Arbeiten finden wieder statt
mail-also-off = Auch diese Termine sind abgesagt
mail-calendar = Kalender der geplanten Arbeiten
