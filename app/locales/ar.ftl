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
list-rest = { $n ->
    [one] واحد آخر
    [two] اثنان آخران
    [few] { $n } أخرى
   *[other] { $n } غيرها
}

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

# بين صفحات يتبع بعضها بعضًا
arrow-back = →
arrow-on = ←

# السجل بالأشهر
history-title = السجل، { $month }
history-title-filtered = السجل، { $month }، مع تصفية
history-description = حوادث { $name } وأعمالها المخططة في { $month }.
history-months = الأشهر
history-entries = الحوادث والأعمال المخططة
history-all-months = كل الأشهر
history-month-entries = { $month }، { $n ->
    [zero] لا مدخلات
    [one] مدخل واحد
    [two] مدخلان
    [few] { $n } مدخلات
    [many] { $n } مدخلًا
   *[other] { $n } مدخل
}
history-nothing = لا شيء.
history-nothing-matches = لا شيء في هذا الشهر يطابق التصفية.
no-incidents = لم يُبلَّغ عن حوادث.
component-unnamed = مكوّن بلا اسم

# تصفيته
history-filter = تصفية
history-show = عرض
history-month = الشهر
history-component = المكوّن
history-component-any = كل المكوّنات
history-impact = التأثير
history-impact-any = أي تأثير
history-impact-minor = طفيف أو أسوأ
history-impact-major = كبير أو أسوأ
history-impact-critical = حرج فقط
history-kind = النوع
history-kind-any = كل شيء
history-kind-incident = الحوادث فقط
history-kind-maintenance = الأعمال المخططة فقط
history-chosen = المعروض فقط:
history-without = { $filter }: إزالة هذه التصفية
history-everything = عرض الكل

# مدخل في السجل
entry-mentioned = { $outcome }، انظر أعلاه
entry-resolved-after = { $impact }، حُلّ بعد { $duration }
entry-investigating = { $impact }، قيد التحقيق
entry-identified = { $impact }، حُدِّد السبب
entry-monitoring = { $impact }، قيد المراقبة
entry-resolved = { $impact }، تم الحل
entry-postmortem = { $impact }، تم الحل
entry-completed-after = أعمال مخططة، اكتملت بعد { $duration }
entry-scheduled = أعمال مخططة، مجدولة
entry-in_progress = أعمال مخططة، جارية
entry-verifying = أعمال مخططة، قيد التحقق
entry-completed = أعمال مخططة، اكتملت
entry-cancelled = أعمال مخططة، أُلغيت

# التقارير اللاحقة
postmortem = تقرير لاحق
postmortem-about = عن
postmortem-contents = المحتويات
postmortem-in-incidents = { $duration } في { $n ->
    [zero] لا حوادث
    [one] حادث واحد
    [two] حادثين
    [few] { $n } حوادث
    [many] { $n } حادثًا
   *[other] { $n } حادث
}
postmortem-open = افتح التقرير اللاحق
postmortem-overdue = وُعد بتقرير لاحق حتى { $day }، وقد تأخر.
postmortem-promised = وُعد بتقرير لاحق حتى { $day }
postmortem-provisional = مبدئي
postmortem-published = نُشر في { $day }
postmortem-read = اقرأ التقرير اللاحق كاملًا
postmortem-revised = نُقّح في { $day }
postmortem-revised-times = { $n ->
    [zero] لم يُنقَّح
    [one] نُقّح مرة واحدة
    [two] نُقّح مرتين
    [few] نُقّح { $n } مرات
    [many] نُقّح { $n } مرة
   *[other] نُقّح { $n } مرة
}
postmortem-so-far = هذا ما نعرفه حتى الآن. ستحل محله هنا نسخة أوفى.
postmortem-until = ما كان مكتوبًا حتى { $time }
postmortem-waived = لا تقرير لاحقًا مخططًا له: { $because }
postmortem-will-follow = سيتبع ذلك تقرير لاحق.
section-summary = الملخص
section-impact = التأثير
section-causes = الأسباب
section-actions-taken = ما فعلناه
section-near-term = خطط قريبة
section-long-term = خطط بعيدة المدى
section-stay-informed = كيف تبقى على اطلاع
section-follow-ups = إجراءات المتابعة
fact-from = من
fact-to = إلى
fact-duration = المدة
fact-components = المكوّنات
fact-affected = المتأثرون
fact-data-loss = فقدان البيانات
fact-workaround = حل مؤقت
data-loss-no = لم تُفقد أي بيانات
data-loss-yes = فُقدت بيانات
data-loss-unknown = غير معروف بعد

# كل التقارير اللاحقة
postmortems = التقارير اللاحقة
postmortems-all = كل التقارير اللاحقة
postmortems-description = لماذا وقعت حوادث { $name } وما الذي يترتب عليها.
postmortems-earlier = أقدم
postmortems-feed = خلاصة Atom
postmortems-lede = ما الذي حدث، ولماذا، وما نفعله حتى لا يتكرر.
postmortems-none = لم يُنشر تقرير لاحق بعد. حين يوعد بواحد أو يُنشر يظهر هنا.
postmortems-overdue = وُعد به حتى { $day }، وقد تأخر.
postmortems-owed = قيد الكتابة
postmortems-promised = وُعد به حتى { $day }
postmortems-published = منشورة

# ما قاله التقرير اللاحق من قبل
revision-description = نسخة سابقة من تقرير لاحق: { $title }
revision-now = اقرأ ما يقوله الآن
revision-superseded = استُبدل
revision-title = استُبدل: { $title }
revision-until = هذا ما قاله التقرير اللاحق حتى { $time }. وقد نُقّح منذ ذلك الحين.

# مسودة تقرير لاحق لمن لديه رابطها
preview-description = مسودة غير منشورة.
preview-draft = مسودة: غير منشورة
preview-over = انتهت صلاحية هذا الرابط
preview-over-lede = كان يعرض مسودة حتى { $time }. اطلب رابطًا آخر ممن أرسله إليك.
preview-published = التقارير اللاحقة المنشورة
preview-title = مسودة: { $title }
preview-unknown = لا توجد مسودة في هذا الرابط
preview-unknown-lede = ربما قُطع الرابط، أو لم تعد المسودة موجودة. اطلب رابطًا آخر ممن أرسله إليك.
preview-until = قد تتغير، ولا يراها القراء. هذا الرابط صالح حتى { $time }.

# ما يترتب على التقارير اللاحقة
follow-ups-all = إجراءات المتابعة لكل التقارير اللاحقة
follow-ups-by-state = حسب الحالة
follow-ups-description = ما تفعله { $name } بعد الحوادث حتى لا تتكرر.
follow-ups-from = من { $postmortem }
follow-ups-lede = ما وعدنا بفعله بعد الحوادث، وإلى أين وصل.
follow-ups-none = لم يوعد بشيء بعد. ما تعد به التقارير اللاحقة يظهر هنا، مع ما وصل إليه.
follow-ups-overdue = { $n ->
    [zero] لا شيء منها متأخر.
    [one] واحد منها متأخر.
    [two] اثنان منها متأخران.
    [few] { $n } منها متأخرة.
    [many] { $n } منها متأخرة.
   *[other] { $n } منها متأخرة.
}
follow-ups-planned = { $n } مخطط
follow-ups-underway = { $n } قيد التنفيذ
follow-ups-done = { $n } منجز
follow-ups-dropped = { $n } متروك
action-planned = مخطط
action-underway = قيد التنفيذ
action-done = منجز
action-dropped = متروك
# كل حالة مع يومها في سطر واحد: الأولى، وما جاء بعدها
action-first-planned = خُطط له في { $day }
action-first-underway = قيد التنفيذ منذ { $day }
action-first-done = أُنجز في { $day }
action-first-dropped = تُرك في { $day }
action-then-planned = خُطط له في { $day }
action-then-underway = قيد التنفيذ منذ { $day }
action-then-done = أُنجز في { $day }
action-then-dropped = تُرك في { $day }
action-due = مستحق في { $day }
action-overdue = متأخر منذ { $day }
action-progress = { $n ->
    [zero] لا إجراءات متابعة.
    [one] إجراء متابعة واحد.
    [two] أُنجز { $done } من إجراءي متابعة.
    [few] أُنجز { $done } من { $n } إجراءات متابعة.
    [many] أُنجز { $done } من { $n } إجراء متابعة.
   *[other] أُنجز { $done } من { $n } إجراء متابعة.
}
action-progress-all = { $n ->
    [zero] لا إجراءات متابعة.
    [one] أُنجز إجراء المتابعة.
    [two] أُنجز إجراءا المتابعة.
    [few] أُنجزت إجراءات المتابعة كلها وعددها { $n }.
    [many] أُنجزت إجراءات المتابعة كلها وعددها { $n }.
   *[other] أُنجزت إجراءات المتابعة كلها وعددها { $n }.
}
action-read-more = اقرأ المزيد
action-vote = صوّت
action-vote-for = صوّت لـ: { $title }
action-votes = { $n ->
    [zero] لا أصوات
    [one] صوت واحد
    [two] صوتان
    [few] { $n } أصوات
    [many] { $n } صوتًا
   *[other] { $n } صوت
}

# خلاصات الشيء الواحد الذي تعرضه الصفحة
feed-of-one = هذا فقط: { $title }

# الحوادث والأعمال المخططة: بطاقاتها وصفحاتها ومتابعة واحد منها.

follow-title = متابعة هذا فقط
follow-link = المتابعة بالبريد الإلكتروني
follow-lede = رسالة عند كل تحديث لهذا الأمر، ولا شيء عن غيره.
follow-address = عنوان بريدك الإلكتروني
follow-ask = متابعة
follow-hint = تصلك أولًا رسالة تسأل إن كنت أنت من طلب ذلك. وفي كل رسالة رابط لإيقاف المتابعة.
follow-everything = متابعة كل شيء بدلًا من ذلك
follow-over = انتهى هذا الأمر، ولا جديد يُنتظر بشأنه.
follow-ended = انتهى هذا الأمر في هذه الأثناء، ولا جديد يُنتظر بشأنه. لم يتغير شيء.
follow-button = اضغط الزر في هذه الصفحة للمتابعة أو لإيقافها. لم يتغير شيء.
follow-no-mail = لا ترسل هذه الصفحة رسائل. الخلاصة والتقويم يعرضان كل تحديث.
follow-asked-title = تفقّد صندوق بريدك
follow-asked = رسالة في طريقها إلى { $address }. اتبع الرابط الوارد فيها خلال 24 ساعة.
follow-asked-hint = لم يصل شيء بعد بضع دقائق؟ ابحث في البريد غير المرغوب فيه، وتأكد من كتابة العنوان. لا يتلقى العنوان الواحد إلا القليل من هذه الرسائل في اليوم.
follow-question = هل تريد تلقّي كل تحديث لهذا الأمر، أيًا كان ما اخترته غيره؟
follow-do = متابعة
follow-standing = أنت تتلقى كل تحديث لهذا الأمر.
follow-stop = إيقاف المتابعة
follow-all = كل ما تتابعه
follow-list = ما تتابعه
follow-only = لا تتلقى إلا تحديثات ما يلي. اختر أنواع الأخبار أعلاه لتتلقى المزيد.
follow-dates = التقويم
follow-feed = خلاصة
follow-file = ملف تقويم
follow-calendar = إضافة إلى التقويم

fact-began = البداية
fact-detected = الاكتشاف
fact-first-post = أول إعلان
fact-resolved = تم الحل
fact-lasted = المدة
fact-next = التحديث القادم قبل
fact-announced = أُعلن
fact-ended = النهاية
fact-took = المدة
fact-overdue = تحديث متأخر منذ

incident-whole = { $n ->
    [0] التسلسل الزمني الكامل
    [one] التسلسل الزمني الكامل، وتحديث آخر
    [two] التسلسل الزمني الكامل، وتحديثان آخران
    [few] التسلسل الزمني الكامل، و{ $n } تحديثات أخرى
    [many] التسلسل الزمني الكامل، و{ $n } تحديثًا آخر
   *[other] التسلسل الزمني الكامل، و{ $n } تحديث آخر
}
incident-affected = المكونات المتأثرة
incident-now = الآن:
incident-related = حوادث ذات صلة
incident-related-hint = للمكونات نفسها، أو واردة في التقرير اللاحق نفسه.

update-list = التحديثات
update-postmortem = نُشر التقرير اللاحق
update-read-postmortem = قراءة التقرير اللاحق
update-later = نُشر لاحقًا في
update-edited = عُدِّل
update-changed = عُدِّل
update-shown-before = كان معروضًا بتوقيت
difference-gone = حُذف:
difference-new = أُضيف:

work-scheduled = أعمال مخططة
work-in_progress = أعمال مخططة جارية
work-verifying = أعمال مخططة قيد التحقق
work-completed = أعمال مخططة اكتملت
work-cancelled = أعمال مخططة أُلغيت
work-details = التفاصيل
work-undated = أُعلن عنها، والموعد يُحدَّد لاحقًا
work-concerned = المكونات المعنية
work-automatic = نُشر تلقائيًا
work-repeats = { $n ->
    [one] تتكرر، موعد آخر:
    [two] تتكرر، موعدان آخران:
    [few] تتكرر، { $n } مواعيد أخرى:
    [many] تتكرر، { $n } موعدًا آخر:
   *[other] تتكرر، { $n } موعد آخر:
}
work-later-dates = { $n ->
    [one] موعد لاحق
    [two] موعدان لاحقان
    [few] { $n } مواعيد لاحقة
    [many] { $n } موعدًا لاحقًا
   *[other] { $n } موعد لاحق
}
work-extended-from = مُدِّدت، وكانت
work-moved-from = نُقلت من
work-ended-early = انتهت قبل الموعد المخطط، في
work-not-begun = لم تبدأ بعد، وكان مقررًا أن تبدأ في
work-overruns = تستغرق وقتًا أطول من المخطط: كان مقررًا أن تنتهي في
work-move-told = أُعلن في
work-dates = المواعيد
work-other-dates = مواعيد أخرى
work-no-other-date = لا موعد آخر قادم.
work-beyond = { $n ->
    [one] وموعد آخر في التقويم
    [two] وموعدان آخران في التقويم
    [few] و{ $n } مواعيد أخرى، كلها في التقويم
    [many] و{ $n } موعدًا آخر، كلها في التقويم
   *[other] و{ $n } موعد آخر، كلها في التقويم
}
work-number = رقم { $n } من { $all } في سلسلة.
event-announced = أُعلن
event-date_set = حُدِّد الموعد
event-moved = نُقل الموعد
event-extended = مُدِّد
event-cancelled = أُلغي
event-started = بدأ
event-verifying = قيد التحقق
event-finished = اكتمل
event-updated = تحديث
downtime-none = لا يُتوقع أي توقف.
downtime-none-worst = لا يُتوقع أي توقف، وفي أسوأ الأحوال { $worst }.
downtime-both = التوقف المتوقع { $expected }، وفي أسوأ الأحوال { $worst }.
downtime-expected = التوقف المتوقع { $expected }.
downtime-worst = التوقف في أسوأ الأحوال { $worst }.
reminder-plan = يُذكَّر المشتركون { $when }.
reminder-before = قبل الموعد بـ{ $times }
reminder-start = عند البداية
reminder-end = عند النهاية
reminder-days = { $n ->
    [one] يوم واحد
    [two] يومين
    [few] { $n } أيام
    [many] { $n } يومًا
   *[other] { $n } يوم
}
reminder-hours = { $n ->
    [one] ساعة واحدة
    [two] ساعتين
    [few] { $n } ساعات
   *[other] { $n } ساعة
}
reminder-minutes = { $n ->
    [one] دقيقة واحدة
    [two] دقيقتين
    [few] { $n } دقائق
   *[other] { $n } دقيقة
}

stock-investigating = نحن نبحث في هذا الأمر.
stock-identified = عرفنا السبب ونعمل على إصلاحه.
stock-monitoring = طُبِّق الإصلاح، ونحن نراقب ما إذا كان سيصمد.
stock-resolved = انتهى هذا الحادث.
stock-postmortem = نشرنا ما حدث وما سنغيّره.
stock-undated = نخطط لهذه الأعمال، وسيُحدَّد موعدها لاحقًا.
stock-announced = هذه الأعمال مخططة من { $window }.
stock-date_set = حُدِّد موعد هذه الأعمال: من { $window }.
stock-moved = لهذه الأعمال موعد آخر: من { $window }. وكان المخطط: من { $before }.
stock-extended = تستغرق هذه الأعمال وقتًا أطول من المخطط. موعدها الآن: من { $window }. وكان المخطط: من { $before }.
stock-longer = نحتاج إلى وقت أطول من المخطط. نتوقع الآن أن ننتهي بحلول { $until }، وكان المتوقع حتى الآن { $before }. سنخبركم عند انتهاء الأعمال.
stock-in_progress = بدأت هذه الأعمال.
stock-verifying = أُنجزت الأعمال، ونتحقق من أن كل شيء على ما يرام.
stock-completed = انتهت هذه الأعمال.
stock-cancelled = أُلغيت هذه الأعمال ولن تُستكمل.
stock-series = أُلغيت هذه السلسلة من الأعمال المخططة. لن يُنفَّذ أي من مواعيدها القادمة.
stock-itself-begun = الأعمال المخططة جارية الآن. سننشر التحديثات عند الحاجة.
stock-itself-ended = اكتملت الأعمال المخططة.
stock-failure-title = مشكلة في { $component }
stock-failure = نحقق في مشكلة في { $component }. سنخبركم بالمزيد حالما نعرفه.
stock-failure-some-title = مشكلة قيد التحقيق
stock-failure-some = نحقق في مشكلة. سنخبركم بالمزيد حالما نعرفه.
stock-failures-title = عدة مكوّنات غير متاحة
stock-failures = نحقق في مشكلة في عدة مكوّنات. سنخبركم بالمزيد حالما نعرفه.

seen-affected = هل تأثرت بهذا؟
seen-too = أرى ذلك أيضًا
seen-broken = ألا يعمل لديك؟
seen-here = أرى مشكلة هنا
feedback-title = رأيك
feedback-question = هل أجاب هذا عن أسئلتك؟
feedback-yes = نعم
feedback-no = لا
feedback-missing = ما الذي ينقص أو ليس واضحًا؟
feedback-hint = اختياري، 2000 حرف على الأكثر؛ يقرؤه الفريق ولا يُنشر أبدًا.
feedback-send = إرسال
feedback-choose = اختر نعم أو لا.
feedback-long = عدد حروف نصك { $value }. اختصره إلى 2000 على الأكثر.
feedback-character = في نصك الحرف { $value } الذي لا يظهر كما كُتب. احذفه.

look-title = { $title } - حالة { $name }
look-site = حالة { $name }
look-og-locale = ar_AR
look-feed = حالة { $name }
look-feed-postmortems = التقارير اللاحقة من { $name }
look-calendar = الأعمال المخطّط لها في { $name }
look-about = عن هذه الصفحة
look-home = إلى { $site }

# ما كتبه الناس بلغة غير لغة الصفحة
foreign-mark = باللغة { $language }
language-ar = العربية
language-de = الألمانية
language-en = الإنجليزية

uptime-title = نسبة التوفر
uptime-up = متاح { $percent }
uptime-up-partly = { $up }، بيانات عن { $share }
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

skip = انتقل إلى المحتوى
demo = عرض توضيحي: منصة مُختلَقة ببيانات مُختلَقة.
demo-label = عرض توضيحي
brand-word = الحالة
menu-label = القائمة الرئيسية
menu-history = السجل
menu-uptime = التوفر
menu-postmortems = التقارير اللاحقة
menu-follow-ups = إجراءات المتابعة
foot-label = المزيد
updates = تابع المستجدات
language-label = اللغة
reading-label = اللغة والأوقات
languages-label = اللغات
as-of = الحالة عند الساعة
unseen = لا يمكن الوصول إلى سجلاتنا منذ ذلك الحين، ولا يُعرف ما هو أحدث.
live-kept = هذه الصفحة تُحدِّث نفسها
live-lost = لا يمكن الوصول إلى الخادم، والمعروض هو آخر ما عُرف
own-time = { $time } بتوقيتك
zone = الأوقات
zone-page = { $zone } وUTC وتوقيتي
zone-utc = UTC فقط
zone-own = توقيتي فقط
theme = المظهر
theme-system = النظام
theme-light = فاتح
theme-dark = داكن
mail-lede = اعرف الحوادث حين تقع:
mail-link = اشترك بالبريد الإلكتروني
feeds-lede = من دون بريد: تابع خلاصة، أو أضف الأعمال المخططة إلى تقويمك، أو اقرأ الحالة ببرنامج.
feeds-atom = خلاصة Atom
feeds-rss = خلاصة RSS
feeds-calendar = التقويم
feeds-json = JSON
untitled = بلا عنوان
announcement = إعلان
current-status = الحالة الآن

home-description = { $sentence }. الحالة والحوادث والأعمال المخططة والتوفر لدى { $name }.
home-description-open = { $sentence }. مفتوحة: { $open }.
home-open = الحوادث المفتوحة
home-also-open = مفتوحة أيضًا
home-planned = الأعمال المخططة
home-also-planned = مخطط لها أيضًا
home-calendar = أضف إلى التقويم
home-past = الأيام الأخيرة
home-none = لم يُبلَّغ عن حوادث.
home-went-on = استمر.
home-last = آخر حادث:
home-all = السجل كاملًا

form-address = عنوان بريدك الإلكتروني
form-trap = اترك هذا الحقل فارغًا
form-marked = لم يتغير شيء. راجع الحقول المعلَّمة.
saved = حُفظ.
save = احفظ
inbox = افتح بريدك
later = حاول لاحقًا
later-sentence = كثرت هذه الطلبات في وقت قصير. لم يتغير شيء. حاول مرة أخرى بعد ساعة.
proof-title = لحظة من فضلك
proof-lede = كثيرون جدًا يطلبون رسائل من هذه الصفحة الآن. ولكي لا يُغرق أحد صناديق البريد عن طريقها، يقوم متصفحك بعملية حسابية صغيرة قبل أن نرسل رسالة. لا يضيع شيء مما كتبته.
proof-working = متصفحك يحسب الآن. يستغرق ذلك بضع ثوانٍ ثم يتابع من تلقاء نفسه.
proof-wait = من دون نصوص برمجية: انتظر دقيقتين ثم اضغط الزر. يبقى صالحًا نصف ساعة.
proof-button = متابعة
wishes-kinds = أي الأخبار
wishes-about = أخبار عن
wishes-all = كل شيء، وما يُضاف لاحقًا
wishes-chosen = هذه المكونات فقط
wishes-components = المكونات
wishes-others = أخرى
wishes-floor = أقل درجة من التأثير
floor-none = كل الحوادث
floor-minor = من الأداء المنخفض فما فوق
floor-major = من الانقطاع الجزئي فما فوق
floor-critical = الانقطاعات الكبيرة فقط
kind-incidents = الحوادث
kind-maintenances = الأعمال المخططة
kind-postmortems = التقارير اللاحقة
kind-announcements = الإعلانات

subscribe-title = المستجدات بالبريد الإلكتروني
subscribe-description = اعرف حوادث { $name } حين تقع.
subscribe-lede = رسالة حين يتعطل شيء، وحين يجدّ جديد، وحين ينتهي الأمر. وفي كل رسالة رابط لإلغاء الاشتراك.
subscribe-button = اشترك
subscribe-hint = تصلك أولًا رسالة تسأل هل الطلب منك. وبعدها فقط يبدأ اشتراكك.
subscribe-no-mail = هذه الصفحة لا ترسل بريدًا.
subscribe-asked = إن لم يكن { $address } مشتركًا بعد، فثمة رسالة في الطريق إليه. افتح الرابط فيها خلال 24 ساعة.
subscribe-asked-hint = لم يصل شيء بعد دقائق؟ انظر في البريد غير المرغوب، وتحقق من كتابة العنوان. يصل إلى العنوان الواحد رسالة كهذه في اليوم.
confirm-title = أكِّد اشتراكك
confirm-lede = ضغطة واحدة، وتصلك أخبار { $name } بالبريد.
confirm-button = أكِّد
confirm-hint = لم يكن الطلب منك؟ لا تفعل شيئًا: من دون ضغطتك لا تُرسل رسائل.
confirm-done = أنت مشترك
confirm-done-lede = تصلك أخبار { $name } بالبريد من الآن.
confirm-manage = اختر ما يصلك، أو ألغِ الاشتراك
confirm-lapsed = هذا الرابط قديم
confirm-lapsed-lede = روابط التأكيد صالحة 24 ساعة. لم يتغير شيء.
confirm-again = أرسل لي رابطًا جديدًا
confirm-sent = رسالة جديدة في الطريق. افتح الرابط فيها خلال 24 ساعة.
confirm-not-sent = لم تُكتب رسالة جديدة
confirm-not-sent-lede = وصلت رسالة إلى هذا العنوان خلال آخر 24 ساعة، أو بقيت ثلاث رسائل بلا جواب، أو لم تعد ثمة حاجة إليها. ابحث في بريدك عن أحدث رسالة، أو حاول غدًا.
subscription-title = اشتراكك
subscription-pending = لم يُؤكَّد بعد: افتح الرابط في الرسالة الأولى.
subscription-quarantined = عادت الرسائل المرسلة إلى هذا العنوان، فلا يُرسل إليه شيء. اشترك من جديد لتبدأ ثانية.
subscription-votes = صوّتَّ لهذه.
subscription-no-votes = لم تصوّت لأي منها بعد.
subscription-others = صوّت لغيرها
subscription-leave = إلغاء الاشتراك
subscription-leave-lede = لا يصلك شيء بعدها، في الحال.
unsubscribe-button = ألغِ الاشتراك
unsubscribe-lede = ضغطة واحدة، ولا تصلك رسائل عن { $name } بعدها.
unsubscribe-done = أُلغي اشتراكك
unsubscribe-done-lede = لن تصلك رسائل عن { $name } بعد الآن.
unsubscribe-again = اشترك من جديد
link-title = هذا الرابط غير صالح
link-lede = ربما قُطع جزء منه، أو كان لاشتراك انتهى أو بدأ من جديد. استعمل الرابط في أحدث رسالة.

# ألا يصل شيء عن أمر واحد، أو ألا يصل إلا خبر انتهائه
mute-title = الرسائل عن هذا الأمر
mute-question = تصلك رسائل عن هذا الأمر. ماذا تريد منها؟
mute-all = أوقف الرسائل عن هذا
mute-until-over = أخبروني حين ينتهي فقط
mute-stop = أرسلوا لي أخباره من جديد
mute-is-all = لا تصلك رسائل عن هذا الأمر بعد الآن.
mute-is-until-over = تصلك رسالة واحدة أخرى عن هذا الأمر: حين ينتهي.
mute-hint = كل ما عداه يصلك كما كان.
mute-list = ما أوقفت أخباره
mute-button = اضغط أحد الأزرار في هذه الصفحة. لم يتغير شيء.

# اللغة والمنطقة الزمنية والعناوين التي يقرؤها عدة أشخاص
subscription-language = لغة الرسائل
subscription-zone = المنطقة الزمنية
subscription-zone-hint = تُكتب الأوقات في الرسائل بها وبالتوقيت العالمي UTC. إن تُرك الحقل فارغًا: منطقة هذه الصفحة، { $zone }.
subscription-shared = يقرأ هذا العنوان عدة أشخاص
subscription-shared-hint = عندئذ لا ينهي أحدكم الاشتراك وحده: من يلغي الاشتراك تُرسَل بسببه رسالة، وعلى أحدكم أن يؤكد. ولا يرفع هذه العلامة إلا القائمون على هذه الصفحة.
subscription-is-shared = يقرأ هذا العنوان عدة أشخاص، فيُؤكَّد إلغاء الاشتراك بالبريد. ولا يغيّر ذلك إلا القائمون على هذه الصفحة.

# رابط الاشتراك بالبريد
way-title = مشترك من قبل؟
way-lede = نرسل إليك الرابط الذي تختار به ما يصلك أو تلغي الاشتراك.
way-button = أرسل لي رابطي
way-asked = إن كان { $address } مشتركًا هنا، فثمة رسالة فيها الرابط في الطريق إليه.
way-asked-hint = لم يصل شيء بعد دقائق؟ انظر في البريد غير المرغوب، وتحقق من أنه العنوان الذي اشتركت به. تصل إلى العنوان الواحد ثلاث رسائل كهذه في اليوم.

# إلغاء اشتراك عنوان يقرؤه عدة أشخاص
leave-title = إلغاء اشتراك هذا العنوان
leave-lede = طلب أحد قرّاء هذا العنوان ألا تصل إليه رسائل عن { $name } بعد الآن. ضغطة واحدة، ولا يصل إليه شيء.
leave-button = ألغِ الاشتراك للجميع
leave-hint = هل ينبغي أن يبقى مشتركًا؟ لا تفعل شيئًا: من دون ضغطة لا يتغير شيء.
leave-lapsed = روابط إلغاء اشتراك عنوان يقرؤه عدة أشخاص صالحة 24 ساعة. لم يتغير شيء. ابدأ من جديد برابط إلغاء الاشتراك في أي رسالة.
leave-asked-title = خطوة أخرى
leave-asked = يقرأ هذا العنوان عدة أشخاص، فثمة رسالة فيها رابط في الطريق إليه. يُلغى الاشتراك حين يفتح أحدكم الرابط خلال 24 ساعة.
leave-asked-hint = حتى ذلك الحين لا يتغير شيء. تصل إلى العنوان الواحد رسالة كهذه في اليوم.
leave-shared = تصل إلى كل قرّاء العنوان رسالة بذلك. يُلغى الاشتراك حين يؤكد أحدكم.

vote-title = صوّت لإجراء متابعة
vote-state-planned = مخطط
vote-state-underway = جارٍ
vote-state-done = أُنجز
vote-state-dropped = صُرف النظر عنه
vote-standing = { $state }، { $votes ->
    [zero] بلا أصوات
    [one] صوت واحد
    [two] صوتان
    [few] { $votes } أصوات
    [many] { $votes } صوتًا
   *[other] { $votes } صوت
}. يتبع
vote-all = كل إجراءات المتابعة
vote-closed = لم يعد التصويت له ممكنًا.
vote-no-mail = هذه الصفحة لا ترسل بريدًا، فلا يمكن التصويت هنا: الصوت يُؤكَّد بالبريد.
vote-send = أرسل لي رابط التصويت
vote-hint = لكل مشترك هنا صوت واحد في كل إجراء متابعة. لست مشتركًا بعد؟
vote-asked = إن كان { $address } مشتركًا مؤكَّدًا هنا، فثمة رسالة في الطريق إليه. افتح الرابط فيها لتصوّت.
vote-asked-hint = لم يصل شيء بعد دقائق؟ انظر في البريد غير المرغوب، وتحقق من أنه العنوان الذي اشتركت به.
vote-not-cast = لم تصوّت له.
vote-cast = صوّتَّ له.
vote-cast-told = صوّتَّ له، وسنخبرك حين يُنجز.
vote-told = سنخبرك حين يُنجز.
vote-do = صوّت
vote-do-follow = صوّت، وأخبروني حين يُنجز
vote-follow = أخبروني حين يُنجز
vote-unfollow = لا تخبروني
vote-retract = اسحب صوتي
vote-manage = كل ما يصلك
vote-bulk = صوت واحد في كل مرة: إجراء واحد، وعنوان واحد، وزر واحد. لم يتغير شيء.
vote-over = لم يعد التصويت له ممكنًا. لم يتغير شيء.
vote-button = اضغط أحد الأزرار في هذه الصفحة. لم يتغير شيء.

thanks = شكرًا لك
thanks-seen = عرفنا الآن أنك تلاحظه أيضًا:
thanks-seen-hint = هذا يساعدنا على معرفة مدى انتشاره. لا نحفظ شيئًا عن هويتك، ولا يتغير به شيء في هذه الصفحة.
thanks-over = انتهى هذا الحادث
thanks-over-lede = انتهى، فلم يُسجَّل شيء. إن كنت لا تزال تلاحظ عطلًا فأخبرنا في صفحة المكوِّن نفسه.
thanks-back = رجوع
thanks-feedback = سُلِّم جوابك إلى من يكتبون هنا:
thanks-feedback-hint = لا نحفظ شيئًا عن هويتك، فلا يمكن لأحد أن يرد عليك.
thanks-not-kept = لم يُحفظ جوابك

lost = لا شيء في هذا العنوان
lost-title = غير موجود
lost-lede = ما نُشر مرة يحتفظ بعنوانه، فربما كُتب الرابط خطأ.
lost-history = كل ما حدث
starting = ‏Allclear يبدأ العمل
starting-lede = الحالة غير معروفة بعد، وهذا لا يعني شيئًا عن المنصة. يستغرق الأمر بضع ثوانٍ.
starting-again = حاول مرة أخرى

wrong-address-empty = أدخل عنوان بريد إلكتروني، مثل name@example.com.
wrong-address-long = هذا العنوان طويل: أقصى طول لعناوين البريد 254 حرفًا.
wrong-address-not-alone = أدخل عنوانًا واحدًا وحده، مثل name@example.com، من دون اسم أو أقواس أو فواصل.
wrong-address-characters = في هذا العنوان حروف لا يمكن إرسال البريد إليها: استعمل حروفًا لاتينية وأرقامًا و. _ + - فقط.
wrong-address-shape = هذا ليس عنوان بريد إلكتروني: يلزم اسم وعلامة @ ونطاق، مثل name@example.com.
wrong-address-domain = يجب أن يأتي بعد @ نطاق كامل مثل example.com، لا اسم جهاز أو رقمه.
wrong-address-role = لا يمكن تسجيل صناديق مثل postmaster@ أو noreply@ هنا. استعمل عنوانًا شخصيًا أو عنوان فريق.
wrong-address-no-mail = هذا النطاق لا يستقبل البريد: { $value }. تحقق من كتابته.
wrong-kinds-none = اختر نوعًا واحدًا من الأخبار على الأقل.
wrong-kinds-shared = يقرأ هذا العنوانَ عدّةُ أشخاص. اختر نوعًا واحدًا من الأخبار على الأقل، أو ألغِ الاشتراك: يُسأل الآخرون عندئذ بالبريد.
wrong-floor = يجب أن يكون أقل تأثير واحدًا من none وminor وmajor وcritical.
wrong-components-none = اختر مكوِّنًا واحدًا على الأقل، أو الكل.
wrong-component = لا يوجد المكوِّن { $value } في هذه الصفحة. اختر مما هو معروض.
wrong-unlisted = «{ $value }» غير معروض هنا. اختر مما هو معروض.
wrong-language = اللغة «{ $value }» غير معروضة هنا. اختر مما هو معروض.
wrong-zone = لا توجد منطقة زمنية باسم «{ $value }». اكتبها مثل Europe/Berlin، أو اترك الحقل فارغًا.

# ما لا يمكن الرد عليه
away = قاعدة البيانات لا تستجيب الآن. لم يتغير شيء. حاول مرة أخرى بعد بضع ثوانٍ.
cannot-show = لا يمكن عرض هذه الصفحة الآن. حاول مرة أخرى بعد بضع ثوانٍ.
wrong-uri = هذا العنوان أطول من اللازم: لا يُقرأ من المسار والاستعلام أكثر من 8 كيلوبايت.
wrong-method = هذا العنوان للقراءة فقط: استعمل GET أو HEAD.
wrong-year = يجب أن تُكتب السنة مثل 2026: أربعة أرقام.
wrong-month = يجب أن يُكتب الشهر مثل 2026-11: سنة ثم شرطة ثم شهر من 01 إلى 12.
wrong-component-id = يجب أن يُذكر المكوِّن بمعرِّفه: 12 خانة من a إلى z ومن 0 إلى 9، كما في عنوان صفحته.
wrong-impact = يجب أن يكون التأثير minor أو major أو critical: والمطلوب ما بلغ هذا الحد أو زاد عليه.
wrong-kind = يجب أن يكون النوع incident أو maintenance.
wrong-form-letters = هذا النموذج ليس بترميز UTF-8. أرسله بترميز UTF-8؛ لم يتغير شيء.
wrong-form-fields = في هذا النموذج حقول كثيرة: لا يُقرأ منها أكثر من 5000.
wrong-too-large = لا يمكن إرسال أكثر من { $value } كيلوبايت إلى هنا.
wrong-cut-off = ما أُرسل لم يصل كاملًا.
