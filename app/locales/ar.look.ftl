look-title = { $title } - حالة { $name }
look-site = حالة { $name }
look-og-locale = ar_AR
look-feed = حالة { $name }
look-feed-postmortems = التقارير اللاحقة من { $name }
look-calendar = الأعمال المخطّط لها في { $name }
look-about = عن هذه الصفحة
look-home = إلى { $site }
