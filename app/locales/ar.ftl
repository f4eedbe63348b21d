# العربية

language-name = العربية
language-direction = rtl

month-1 = يناير
month-2 = فبراير
month-3 = مارس
month-4 = أبريل
month-5 = مايو
month-6 = يونيو
month-7 = يوليو
month-8 = أغسطس
month-9 = سبتمبر
month-10 = أكتوبر
month-11 = نوفمبر
month-12 = ديسمبر
month-long-1 = يناير
month-long-2 = فبراير
month-long-3 = مارس
month-long-4 = أبريل
month-long-5 = مايو
month-long-6 = يونيو
month-long-7 = يوليو
month-long-8 = أغسطس
month-long-9 = سبتمبر
month-long-10 = أكتوبر
month-long-11 = نوفمبر
month-long-12 = ديسمبر
weekday-1 = الاثنين
weekday-2 = الثلاثاء
weekday-3 = الأربعاء
weekday-4 = الخميس
weekday-5 = الجمعة
weekday-6 = السبت
weekday-7 = الأحد
month-year = { $month } { $year }
date-short = { $day } { $month }
date-full = { $day } { $month } { $year }
date-named = { $weekday } { $date }
date-run = { $first }–{ $last }
date-run-far = { $first } – { $last }
date-time = { $date }، { $time }
window-to = إلى
times-in-utc = الأوقات بتوقيت UTC.
times-in-zone = الأوقات بتوقيت { $zone } وبتوقيت UTC.

duration-none = أقل من دقيقة
duration-d = { $n ->
    [one] يوم واحد
    [two] يومان
    [few] { $n } أيام
    [many] { $n } يومًا
   *[other] { $n } يوم
}
duration-h = { $n } س
duration-min = { $n } د
duration-two = { $large } { $small }

decimal-mark = .
percent = { $figure }٪

list-two = { $first } و{ $last }
list-more = { $first }، { $last }

status-operational = يعمل
status-degraded_performance = أداء منخفض
status-partial_outage = انقطاع جزئي
status-major_outage = انقطاع كبير
status-under_maintenance = قيد الصيانة
status-unknown = غير مَقيس
status-silent = لا بيانات حديثة
impact-none = بلا تأثير
impact-maintenance = أعمال مخططة
impact-minor = تأثير طفيف
impact-major = تأثير كبير
impact-critical = تأثير حرج
step-investigating = قيد التحقيق
step-identified = حُدِّد السبب
step-monitoring = قيد المراقبة
step-resolved = تم الحل
step-postmortem = تقرير لاحق
step-scheduled = مجدول
step-in_progress = جارٍ
step-verifying = قيد التحقق
step-completed = اكتمل
step-cancelled = أُلغي

sentence-all-systems-operational = جميع الأنظمة تعمل
sentence-service-under-maintenance = الخدمة قيد الصيانة
sentence-partially-degraded-service = أداء منخفض في بعض الخدمات
sentence-degraded-system-service = أداء منخفض في الخدمة
sentence-minor-service-outage = انقطاع محدود في الخدمة
sentence-partial-system-outage = انقطاع جزئي في النظام
sentence-major-system-outage = انقطاع كبير في النظام
