# Around every page
skip = Skip to content
demo = Demonstration: an invented platform with invented data.
demo-label = Demonstration
# Stands behind the platform's name
brand-word = status
menu-label = Main
menu-history = History
menu-uptime = Uptime
menu-postmortems = Post-mortems
menu-follow-ups = Follow-ups
foot-label = More
updates = Get updates
language-label = Language
languages-label = Languages
as-of = As of
unseen = Our own records cannot be reached since then; nothing newer is known.
live-kept = this page refreshes itself
live-lost = the server cannot be reached, shown is what was last known
own-time = { $time } your time
zone = Times
zone-page = { $zone }, UTC and mine
zone-utc = UTC only
zone-own = My time only
theme = Theme
theme-system = System
theme-light = Light
theme-dark = Dark
mail-lede = Hear of incidents when they happen:
mail-link = Subscribe by mail
feeds-lede = Without mail: follow a feed, add planned work to your calendar, or read the state of everything from a program.
feeds-atom = Atom feed
feeds-rss = RSS feed
feeds-calendar = Calendar
feeds-json = JSON
announcement = Announcement
current-status = Current status

# The front page
home-description = { $sentence }. Status, incidents, planned work and uptime of { $name }.
home-description-open = { $sentence }. Open: { $open }.
home-open = Open incidents
home-also-open = Also open
home-planned = Planned work
home-also-planned = Also planned
home-calendar = Add to calendar
home-past = Last days
home-none = No incidents reported.
home-went-on = went on.
home-last = Last incident:
home-all = All history

# Forms
form-address = Your e-mail address
form-trap = Leave this empty
form-marked = Nothing was changed. Please look at the marked fields.
saved = Saved.
save = Save
inbox = Look into your inbox
later = Please try again later
later-sentence = There were too many such requests within a short time. Nothing was changed. Please try again in an hour.
wishes-kinds = Which news
wishes-about = News about
wishes-all = Everything, and what is added later
wishes-chosen = Only these components
wishes-components = Components
wishes-others = Others
wishes-floor = How bad it must be
floor-none = All incidents
floor-minor = From degraded performance on
floor-major = From partial outages on
floor-critical = Major outages only
kind-incidents = Incidents
kind-maintenances = Planned work
kind-postmortems = Post-mortems

# Subscribe, confirm, change, leave
subscribe-title = Get updates by mail
subscribe-description = Hear of incidents of { $name } when they happen.
subscribe-lede = A mail when something breaks, when there is news of it, and when it is over. Every mail has a link to leave.
subscribe-button = Subscribe
subscribe-hint = You get a mail first that asks whether it was you. Only then are you subscribed.
subscribe-no-mail = This page sends no mail.
subscribe-asked = If { $address } is not subscribed yet, a mail is on its way to it. Follow the link in it within 24 hours.
subscribe-asked-hint = Nothing there after some minutes? Look among unwanted mail, and whether the address is spelled right. An address gets one such mail a day.
confirm-title = Confirm your subscription
confirm-lede = One press, and you hear of { $name } by mail.
confirm-button = Confirm
confirm-hint = It was not you? Do nothing: without your press there are no mails.
confirm-done = You are subscribed
confirm-done-lede = You hear of { $name } by mail from now on.
confirm-manage = Choose what you hear of, or leave
confirm-lapsed = This link is too old
confirm-lapsed-lede = Links to confirm hold for 24 hours. Nothing was changed.
confirm-again = Send me a new one
confirm-sent = A new mail is on its way. Follow the link in it within 24 hours.
confirm-not-sent = No new mail was written
confirm-not-sent-lede = This address was mailed within the last 24 hours, has left three such mails unanswered, or needs none any more. Look into your inbox for the newest mail, or try again tomorrow.
subscription-title = Your subscription
subscription-pending = It is not confirmed yet: follow the link in the first mail.
subscription-quarantined = Mails to this address came back, so none are sent. Subscribe again to start anew.
subscription-votes = You voted for these.
subscription-no-votes = You have not voted for any yet.
subscription-others = Vote for others
subscription-leave = Leave
subscription-leave-lede = You hear no more, at once.
unsubscribe-button = Unsubscribe
unsubscribe-lede = One press, and you get no more mails about { $name }.
unsubscribe-done = You are unsubscribed
unsubscribe-done-lede = You get no more mails about { $name }.
unsubscribe-again = Subscribe again
link-title = This link does not hold
link-lede = It may be cut off, or of a subscription that has ended or was begun anew. Use the link in the newest mail.

# Vote for a follow-up
vote-title = Vote for a follow-up
vote-state-planned = Planned
vote-state-underway = Under way
vote-state-done = Done
vote-state-dropped = Dropped
vote-standing = { $state }, { $votes ->
    [one] { $votes } vote
   *[other] { $votes } votes
}. Follows from
vote-untitled = Untitled
vote-all = All follow-ups
vote-closed = It takes no votes any more.
vote-no-mail = This page sends no mail, so nobody can vote here: a vote is confirmed by mail.
vote-send = Send me the link to vote
vote-hint = Everybody who is subscribed here has one vote for each follow-up. Not subscribed yet?
vote-asked = If { $address } is a confirmed subscriber here, a mail is on its way to it. Follow the link in it to vote.
vote-asked-hint = Nothing there after some minutes? Look among unwanted mail, and whether the address is the one you are subscribed with.
vote-not-cast = You have not voted for it.
vote-cast = You voted for it.
vote-cast-told = You voted for it, and you are told when it is done.
vote-told = You are told when it is done.
vote-do = Vote
vote-do-follow = Vote, and tell me when it is done
vote-follow = Tell me when it is done
vote-unfollow = Do not tell me
vote-retract = Take my vote back
vote-manage = All that you hear of
vote-bulk = One vote at a time: one follow-up, one address, one button. Nothing was changed.

# Thanks
thanks = Thank you
thanks-seen = We know now that you see it too:
thanks-seen-hint = It helps us to see how far it reaches. Nothing is kept of who you are, and nothing on this page changes by it.
thanks-over = This incident is over
thanks-over-lede = It is over, so nothing was noted. If you still see a failure, say so on the component's own page.
thanks-back = Back
thanks-feedback = Your answer was given to those who write here:
thanks-feedback-hint = Nothing is kept of who you are, so nobody can write back.
thanks-not-kept = Your answer was not kept

# Nothing there, nothing yet
lost = There is nothing at this address
lost-title = Not found
lost-lede = What once was published keeps its address, so the link may be mistyped.
lost-history = Everything that happened
starting = Allclear is starting
starting-lede = The status is not known yet: this says nothing about the platform. It takes a few seconds.
starting-again = Try again

# What is wrong with a form of visitors
wrong-address-empty = Enter an e-mail address, such as name@example.com.
wrong-address-long = This address is too long: e-mail addresses have at most 254 characters.
wrong-address-not-alone = Enter one address alone, such as name@example.com, without a name, brackets or commas.
wrong-address-characters = This address has characters that cannot be mailed to: use letters without accents, digits and . _ + - only.
wrong-address-shape = This is not an e-mail address: it needs a name, an @ and a domain, such as name@example.com.
wrong-address-domain = Behind the @ must stand a full domain such as example.com, not the name or number of a machine.
wrong-address-role = Mailboxes such as postmaster@ or noreply@ cannot be signed up here. Use a personal or a team address.
wrong-kinds-none = Choose at least one kind of news.
wrong-floor = The least impact must be none, minor, major or critical.
wrong-components-none = Choose at least one component, or all of them.
wrong-component = There is no component { $value } on this page. Choose from those listed.
wrong-unlisted = “{ $value }” is not offered here. Choose from those listed.
