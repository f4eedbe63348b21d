# What people wrote in another language than the page around it
foreign-mark = in { $language }
language-ar = Arabic
language-de = German
language-en = English
