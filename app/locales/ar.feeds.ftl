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
action-untitled = بلا عنوان
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
