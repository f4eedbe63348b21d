# رسائل المشتركين. ما تشترك فيه مع الصفحات تقوله نصوص الصفحات.

# الحاشية: لماذا تصل الرسالة، وكيف تقل الرسائل أو تنقطع
mail-because = تصلك هذه الرسالة لأنك مشترك في { $page }.
mail-because-voted = تصلك هذه الرسالة لأنك صوّتَّ لهذا في { $page } وطلبت أن نخبرك.
mail-once = هذه هي الرسالة الوحيدة من نوعها ما لم يُطلب غيرها.
mail-choose = اختر ما يصلك
mail-leave-all = ألغِ الاشتراك في كل شيء

# في كل أنواع الأخبار
mail-read = اقرأه في الصفحة
mail-longer = النص أطول مما تتسع له رسالة. تجده كاملًا في الصفحة.

# ربما طلب أحدهم الاشتراك
mail-confirm = طلب أحدهم، ونرجو أن يكون أنت، أن يُخبَر هذا العنوان حين يتعطل شيء في { $page } وحين يعود إلى العمل.
mail-confirm-note = الرابط صالح ليوم واحد. لم يكن الطلب منك؟ لا تفعل شيئًا: من دون موافقتك لا يُرسل شيء آخر.
mail-confirm-short = ضغطة واحدة، ويصلك الخبر حين يتعطل شيء.

# ربما طلب مشترك المزيد من الأخبار، أو أخبار أمر واحد
mail-known = طلب أحدهم، ونرجو أن يكون أنت، أن يصل إلى هذا العنوان المزيد من { $page }. العنوان مشترك من قبل: أنت تختار ما يصل إليه.
mail-known-short = أنت مشترك من قبل.
mail-follow = طلب أحدهم، ونرجو أن يكون أنت، أن يصل إلى هذا العنوان كل تحديث لهذا الأمر في { $page }، أيًا كان ما يصل إليه غيره:
mail-follow-short = ضغطة واحدة، ويصلك كل تحديث له.
mail-no-change = لم يكن الطلب منك؟ لا تفعل شيئًا: من دون موافقتك لا يتغير شيء.

# ربما طلب مشترك الرابط
mail-way = طلب أحدهم، ونرجو أن يكون أنت، رابط ما يصل إلى هذا العنوان من { $page }. به تختار ما يصلك أو تلغي الاشتراك.
mail-way-title = رابط اشتراكك
mail-way-button = افتح اشتراكك
mail-way-note = من يملك الرابط يستطيع تغيير الاشتراك: لا تعِد توجيه هذه الرسالة.

# أحد قرّاء عنوان مشترك يريد إلغاء الاشتراك
mail-leave = طلب أحد قرّاء هذا العنوان ألا تصل إليه رسائل عن { $page } بعد الآن. يقرؤه عدة أشخاص، فيبقى مشتركًا إلى أن يؤكد أحدكم ذلك.
mail-leave-title = هل يُلغى اشتراك هذا العنوان؟
mail-leave-button = ألغِ اشتراك هذا العنوان
mail-leave-note = الرابط صالح حتى { $until }. إن أردتم استمرار الرسائل فلا تفعلوا شيئًا.
mail-leave-short = لا يتغير شيء إلى أن يؤكد أحدكم.

# ربما صوّت أحدهم
mail-vote = أحدهم، ونرجو أن يكون أنت، يصوّت لإجراء المتابعة هذا في { $page }:
mail-vote-title = أكِّد صوتك
mail-vote-button = أكِّد الصوت
mail-vote-item = إجراء المتابعة
mail-vote-from = يتبع
mail-vote-note = لم يكن الطلب منك؟ لا تفعل شيئًا: من دون موافقتك لا يُحسب صوت.
mail-vote-short = ضغطة واحدة، ويُحسب صوتك

# أُنجز إجراء متابعة
mail-item = صوّتَّ لإجراء المتابعة هذا وطلبت أن نخبرك حين يُنجز. لقد أُنجز.

# التقارير اللاحقة
mail-postmortem-published = نُشر تقرير لاحق
mail-postmortem-published-about = كتبنا ما حدث، ولماذا، وما نفعله حياله. باختصار:
mail-postmortem-provisional = نُشر تقرير لاحق مبدئي
mail-postmortem-provisional-about = هذا ما نعرفه حتى الآن، وسيتبعه المزيد في التقرير نفسه. باختصار:
mail-postmortem-revised = نُقّح تقرير لاحق
mail-postmortem-revised-about = نقّحنا هذا التقرير اللاحق؛ وما كان فيه من قبل لا يزال متاحًا للقراءة. باختصار:
mail-postmortem-revised-provisional = نُقّح تقرير لاحق مبدئي
mail-postmortem-revised-provisional-about = نقّحنا هذا التقرير اللاحق، وسيتبعه المزيد فيه؛ وما كان فيه من قبل لا يزال متاحًا للقراءة. باختصار:
mail-word-published = منشور
mail-word-provisional = مبدئي
mail-word-revised = منقّح
mail-word-revised-provisional = منقّح، مبدئي

# الأعمال المخططة: الجديد في السطر الأول، ثم جملة عنه
mail-work-announced = مخطط لها في { $start }
mail-work-announced-about = نخطط لهذه الأعمال في الوقت المذكور أعلاه. يُرجى الاستعداد لما تعنيه لكم.
mail-work-announced-undated = مخطط لها، والموعد يُحدَّد لاحقًا
mail-work-announced-undated-about = نخطط لهذه الأعمال ولا نعرف موعدها بعد. حين يُحدَّد الموعد يظهر في الصفحة.
mail-work-announced-series = مخطط لها { $n ->
    [one] مرة واحدة
    [two] مرتين
    [few] { $n } مرات
   *[other] { $n } مرة
} ابتداءً من { $start }
mail-work-announced-series-about = نخطط لهذه الأعمال أكثر من مرة. الموعد الأول أعلاه، والمواعيد الأخرى أدناه.
mail-work-date_set = حُدِّد الموعد: { $start }
mail-work-date_set-about = أُعلن عن هذه الأعمال من دون موعد. صار لها موعد الآن.
mail-work-moved = نُقلت إلى { $start }
mail-work-moved-about = تجري هذه الأعمال في وقت غير الذي أخبرناكم به من قبل.
mail-work-extended = مُدِّدت حتى { $end }
mail-work-extended-about = تستغرق هذه الأعمال وقتًا أطول مما أخبرناكم به من قبل.
mail-work-cancelled = أُلغيت
mail-work-cancelled-about = لن تجري هذه الأعمال.
mail-work-cancelled-begun = أُوقفت وهي جارية
mail-work-cancelled-begun-about = كانت هذه الأعمال قد بدأت، ولن نتابعها.
mail-work-cancelled-series = أُلغيت { $n ->
    [one] مرة واحدة
    [two] مرتين
    [few] { $n } مرات
   *[other] { $n } مرة
}
mail-work-cancelled-series-about = لن تجري الأعمال في أي من هذه المواعيد.
mail-work-reminder = تبدأ { $left }
mail-work-reminder-about = تذكير: اقترب موعد هذه الأعمال المخططة.
mail-work-started = بدأت
mail-work-started-about = بدأت هذه الأعمال.
mail-work-verifying = تمت، وهي قيد التحقق
mail-work-verifying-about = تمت الأعمال نفسها. نتحقق من أن كل شيء على ما يرام قبل أن نعلن اكتمالها.
mail-work-finished = اكتملت
mail-work-finished-about = انتهت هذه الأعمال.
mail-work-updated = تحديث
mail-work-updated-about = ثمة جديد بشأن هذه الأعمال.
mail-word-reminder = تذكير
mail-left = بعد { $time } تقريبًا
mail-left-now = الآن
# يتبع كلًّا منها موعد.
mail-window-when = الموعد
mail-window-now = الآن
mail-window-was = كان
mail-window-planned = كان مخططًا له في
mail-window-undated = الموعد يُحدَّد لاحقًا
mail-window-none = لا موعد بعد.
mail-said-last = آخر ما قلناه
mail-meanwhile = أثناء الأعمال
mail-again = تجري الأعمال مرة أخرى
mail-also-off = أُلغيت هذه المواعيد أيضًا
mail-calendar = تقويم الأعمال المخططة
