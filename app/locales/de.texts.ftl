# Was Menschen in einer anderen Sprache geschrieben haben als der Seite darum
foreign-mark = auf { $language }
language-ar = Arabisch
language-de = Deutsch
language-en = Englisch
