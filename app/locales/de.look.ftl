look-title = { $title } - Status von { $name }
look-site = Status von { $name }
look-og-locale = de_DE
look-feed = Status von { $name }
look-feed-postmortems = Nachbetrachtungen von { $name }
look-calendar = Geplante Arbeiten von { $name }
look-about = Über diese Seite
look-home = Zu { $site }
