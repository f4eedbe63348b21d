# The head of documents, and what the operator chose for the page
look-title = { $title } - { $name } status
look-site = { $name } status
# Language and territory as Open Graph writes them
look-og-locale = en_US
look-feed = { $name } status
look-feed-postmortems = { $name } post-mortems
look-calendar = { $name } planned work
look-about = About this site
look-home = Go to { $site }
