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
