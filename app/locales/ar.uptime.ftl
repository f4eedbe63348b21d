uptime-title = نسبة التوفر
uptime-up = متاح { $percent }
uptime-base = من الوقت المَقيس
uptime-days-ago = { $n ->
    [one] قبل يوم
    [two] قبل يومين
    [few] قبل { $n } أيام
    [many] قبل { $n } يومًا
   *[other] قبل { $n } يوم
}
uptime-today = اليوم
uptime-not-yet = لم يُقَس بعد
uptime-page-not-yet = نسبة التوفر: لم تُقَس بعد.
uptime-not-measured = غير مَقيس
uptime-nothing = لا شيء معطل

uptime-lost-degraded_performance = { $length } أداء منخفض
uptime-lost-partial_outage = { $length } انقطاع جزئي
uptime-lost-major_outage = { $length } انقطاع كبير
uptime-lost-under_maintenance = { $length } أعمال مخططة
uptime-lost-not_measured = { $length } غير مَقيسة
uptime-incidents = { $n ->
    [zero] لا حوادث
    [one] حادث واحد
    [two] حادثان
    [few] { $n } حوادث
    [many] { $n } حادثًا
   *[other] { $n } حادث
}
uptime-day = { $day }: { $what }

uptime-strip = { $name }، آخر { $n ->
    [one] يوم
    [two] يومين
    [few] { $n } أيام
    [many] { $n } يومًا
   *[other] { $n } يوم
}: { $figure }
uptime-strip-worst = { $text }؛ أسوأ يوم { $day }: { $what }
uptime-strip-silent = { $text }؛ { $n ->
    [zero] لا أيام غير مَقيسة
    [one] يوم واحد غير مَقيس
    [two] يومان غير مَقيسين
    [few] { $n } أيام غير مَقيسة
    [many] { $n } يومًا غير مَقيس
   *[other] { $n } يوم غير مَقيس
}

components-title = المكونات
components-legend = مفتاح الرموز
components-legend-operational = يعمل
components-legend-degraded_performance = أداء منخفض
components-legend-partial_outage = انقطاع جزئي
components-legend-major_outage = انقطاع كبير
components-legend-under_maintenance = صيانة
components-upstream = مزودون نعتمد عليهم
components-upstream-note = للعلم فقط: لا يغيّرون حالتنا.
components-and-status = : { $status }

component-unnamed = مكوّن بلا اسم
component-provider = مزود تعتمد عليه المنصة؛ لا يغيّر الحالة العامة.
component-silent = لم ترد بيانات من أدوات المراقبة منذ مدة.
component-page-title = { $status }: { $name }
component-about = حالة { $name } ونسبة توفره وحوادثه، وهو جزء من { $page }.
component-planned = مخطط له
component-touched = الحوادث والأعمال المخططة
component-quiet = لم يُبلَّغ عن حوادث.
component-all-history = السجل الكامل
component-follow = متابعة هذا المكوّن
component-follow-note = خلاصات وتقويم لهذا المكوّن وحده، وشارة لصفحاتكم، وأرقامه في ملفات:
component-atom = خلاصة Atom
component-rss = خلاصة RSS
component-calendar = تقويم أعماله المخططة
component-badge = شارة
component-json = نسبة التوفر بصيغة JSON
component-csv = نسبة التوفر بصيغة CSV

uptime-covered = متاح { $figure } من الوقت المَقيس، مع بيانات عن { $share } من المدة.
uptime-how = كيف يُحسب هذا؟
uptime-window = من { $first } إلى { $last }، بأيام المنطقة الزمنية للصفحة ({ $zone }).
uptime-one-day = { $day }، من منتصف الليل إلى منتصف الليل بالمنطقة الزمنية للصفحة ({ $zone }).
uptime-method = نسبة التوفر = 100٪ × (الوقت المَقيس − الوقت المفقود بعد الترجيح) ÷ الوقت المَقيس. لا تُحتسب الأعمال المخططة ولا الوقت غير المَقيس. تُقطع النتيجة بعد منزلتين عشريتين ولا تُقرَّب إلى الأعلى أبدًا.
uptime-col-time = الوقت
uptime-col-seconds = الثواني
uptime-col-weight = الوزن
uptime-col-lost = يُحتسب مفقودًا
uptime-row-measured = مَقيس
uptime-left-out = لا يُحتسب
uptime-seconds = { $n } ث
uptime-seconds-told = { $length } ({ $n } ث)
uptime-none = لا شيء
uptime-sum = 100٪ × ({ $measured } − { $down }) ÷ { $measured } = { $percent }

uptime-last-days = { $n ->
    [one] آخر يوم
    [two] آخر يومين
    [few] آخر { $n } أيام
    [many] آخر { $n } يومًا
   *[other] آخر { $n } يوم
}
uptime-col-day = اليوم
uptime-col-uptime = نسبة التوفر
uptime-col-what = ما حدث
uptime-years = الأشهر والسنوات
uptime-year-figure = { $year }: { $figure }
uptime-month-worst = الأدنى في السنة
uptime-by-month = { $year } حسب الأشهر
uptime-choose-year = السنوات
uptime-lede = كم عمل كل مكوّن من الوقت: خلال آخر { $n ->
    [one] يوم
    [two] يومين
    [few] { $n } أيام
    [many] { $n } يومًا
   *[other] { $n } يوم
}، وفي كل شهر مسجل.
uptime-overall-note = كل رقم يخص مكوّنًا واحدًا. لا يوجد رقم واحد للجميع، لأنه يخفي المكوّن الذي تعطل.
uptime-about = نسبة توفر { $page } حسب الأيام والأشهر والسنوات.
uptime-marks = الخط تحت الشهر يبيّن مقدار ما فُقد: رفيع لأقل من 0.1٪، وأسمك لأقل من 1٪، والأسمك لما زاد.
uptime-no-record = لم يُقَس شيء في سنة { $year }.

day-title = { $name }، { $day }
day-about = ما حدث مع { $name } في { $day } دقيقة بدقيقة.
day-beside = الأيام
day-spans = دقيقة بدقيقة
day-col-from = من
day-col-until = إلى
day-col-status = الحالة
day-col-length = المدة
day-now = الآن
day-nothing = لا حوادث ولا أعمال مخططة في هذا اليوم.

response-title = أزمنة الاستجابة
response-note = تقيسها أدوات المراقبة لدينا، وتشمل جميع عمليات الفحص معًا.
response-recent = آخر 24 ساعة
response-days = { $n ->
    [one] آخر يوم
    [two] آخر يومين
    [few] آخر { $n } أيام
    [many] آخر { $n } يومًا
   *[other] آخر { $n } يوم
}
response-said = المتوسط { $mean }؛ { $unit ->
    [day] أبطأ يوم
   *[other] أبطأ نصف ساعة
} { $when } بمتوسط { $slowest }. عمليات الفحص الفاشلة: { $failures } من { $checks }.
response-scale = حتى { $top }
response-hours-ago = قبل 24 ساعة
response-now = الآن
response-table = الأرقام نفسها في جدول
response-col-when = البداية
response-col-mean = المتوسط
response-col-longest = أبطأ فحص
response-col-failed = فحوص فاشلة
response-failed = { $failures } من { $checks }
response-ms = { $n } م.ث
