# Incidents and planned work: their cards, their pages, and how to follow one of them.

# To follow one incident or planned work
follow-title = Hear of this only
follow-link = Hear of this by mail
follow-lede = A mail with every update of this, and none of anything else.
follow-address = Your e-mail address
follow-ask = Follow
follow-hint = You get a mail first that asks whether it was you. Every mail has a link to stop.
follow-everything = Hear of everything instead
follow-over = It is over: there is nothing more to hear of it.
follow-no-mail = This page sends no mail. Its feeds and its calendar tell of every update.
follow-asked-title = Look into your inbox
follow-asked = A mail is on its way to { $address }. Follow the link in it within 24 hours.
follow-asked-hint = Nothing there after some minutes? Look among unwanted mail, and whether the address is spelled right. An address gets few such mails a day.
follow-question = Shall you hear of every update of this, whatever else you hear of?
follow-do = Follow it
follow-standing = You hear of every update of this.
follow-stop = Stop following it
follow-all = All that you hear of
follow-list = What you follow
follow-only = You hear of these only. Choose kinds of news above to hear of more.
