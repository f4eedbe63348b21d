# ما كتبه الناس بلغة غير لغة الصفحة
foreign-mark = باللغة { $language }
language-ar = العربية
language-de = الألمانية
language-en = الإنجليزية
