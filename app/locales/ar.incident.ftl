# الحوادث والأعمال المخططة: بطاقاتها وصفحاتها ومتابعة واحد منها.

follow-title = متابعة هذا فقط
follow-link = المتابعة بالبريد الإلكتروني
follow-lede = رسالة عند كل تحديث لهذا الأمر، ولا شيء عن غيره.
follow-address = عنوان بريدك الإلكتروني
follow-ask = متابعة
follow-hint = تصلك أولًا رسالة تسأل إن كنت أنت من طلب ذلك. وفي كل رسالة رابط لإيقاف المتابعة.
follow-everything = متابعة كل شيء بدلًا من ذلك
follow-over = انتهى هذا الأمر، ولا جديد يُنتظر بشأنه.
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
follow-feed = خلاصة
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
