import { ROBIN } from './compose.ts';
import type { SeedMessage } from './types.ts';

/** Other scripts, all in UTF-8. */
export const INTERNATIONAL: readonly SeedMessage[] = [
  {
    thread: 'haruka-exhibition',
    from: '木村 遥 <haruka@kimura-kappan.example>',
    to: ROBIN,
    subject: '活版印刷展のご案内と、傘のお礼',
    minutesAgo: 845,
    labels: ['INBOX', 'UNREAD', 'CATEGORY_PERSONAL'],
    text: `ロビンさん

ごぶさたしています。木村活版所の遥です。

先日は雨の中、傘を貸してくださってありがとうございました。おかげで紙は一枚も濡れず、
濡れたのは私だけでした。

来月の十日から、工房で小さな展覧会を開きます。題は「ひらがなの余白」。ロビンさんの
「矢印」の版も、入口に一枚掛けてよいでしょうか。お返事をいただけたらうれしいです。

お茶と羊羹を用意してお待ちしています。

木村 遥
`,
  },
  {
    thread: 'samir-tiles',
    from: 'سمير الحداد <samir@haddad-tiles.example>',
    to: ROBIN,
    subject: 'عينات البلاط جاهزة',
    minutesAgo: 5330,
    labels: ['INBOX', 'CATEGORY_PERSONAL', 'Flat'],
    text: `مرحبًا روبن،

عينات البلاط للمطبخ جاهزة: الأزرق الفاتح (رقم 12) والأخضر (رقم 7). سعر المتر المربع 38 يورو،
والتوصيل مجاني لأنك تسكن فوق المخبز، وأنا أمرّ به كل صباح على أي حال.

زوجتي تفضّل الأخضر. لم يسألها أحد، لكنها محقّة عادةً.

مع أطيب التحيات،
سمير
`,
    html: `<div dir="rtl" lang="ar" style="font-family:Tahoma,Arial;font-size:16px"><p>مرحبًا روبن،</p>
<p>عينات البلاط للمطبخ جاهزة: <b>الأزرق الفاتح (رقم 12)</b> و<b>الأخضر (رقم 7)</b>. سعر المتر المربع 38 يورو،
والتوصيل مجاني لأنك تسكن فوق المخبز، وأنا أمرّ به كل صباح على أي حال.</p>
<p>زوجتي تفضّل الأخضر. لم يسألها أحد، لكنها محقّة عادةً.</p><p>مع أطيب التحيات،<br>سمير</p></div>`,
  },
  {
    thread: 'meera-recipe',
    from: 'मीरा देशपांडे <meera@deshpande-kitchen.example>',
    to: ROBIN,
    subject: 'नींबू के अचार की विधि',
    minutesAgo: 26_960,
    labels: ['STARRED', 'CATEGORY_PERSONAL'],
    text: `प्रिय रॉबिन,

तुमने पूछा था, तो लो: दस नींबू, एक कप नमक, दो चम्मच हल्दी, चार चम्मच लाल मिर्च और बहुत सारा
धैर्य। सब कुछ काँच के मर्तबान में डालो और तीन हफ़्ते धूप में रखो।

हर दिन मर्तबान को हिलाना। जिस दिन भूल जाओगे, अचार को पता चल जाएगा।

स्नेह सहित,
मीरा
`,
  },
  {
    thread: 'eleni-ferry',
    from: 'Ελένη Παπαδάκη <eleni@galazio-rooms.example>',
    to: ROBIN,
    subject: 'Το δωμάτιο με το μπαλκόνι είναι δικό σας',
    minutesAgo: 31_540,
    labels: ['CATEGORY_PERSONAL'],
    text: `Γεια σας, Ρόμπιν,

το δωμάτιο με το μπαλκόνι είναι δικό σας για επτά νύχτες, με πρωινό, 490 ευρώ συνολικά. Το πλοίο
φτάνει στις 19:40, δηλαδή γύρω στις 20:30. Θα σας περιμένει ο ξάδελφός μου με το μπλε φορτηγάκι.

Η γάτα κοιμάται στο μπαλκόνι από πάντα. Θα χρειαστεί να συνεννοηθείτε μαζί της.

Με εκτίμηση,
Ελένη
`,
  },
  {
    thread: 'minseo-font',
    from: '한민서 <minseo@neulbom-type.example>',
    to: ROBIN,
    cc: 'Lena Ortiz <lena@harbor-studio.example>',
    subject: '한글 안내판 서체 견적입니다',
    minutesAgo: 1890,
    labels: ['INBOX', 'UNREAD', 'CATEGORY_PERSONAL', 'Northpier'],
    text: `로빈 님, 안녕하세요.

노스피어 박물관 안내판에 쓸 한글 서체 견적을 보내 드립니다.

  - 늘봄 돋움 (굵기 3종): 620유로
  - 박물관 전용 화살표 기호 24자: 180유로
  - 공룡 기호 1자: 무료 (제가 그리고 싶어서요)

다음 주 금요일까지 알려 주시면 이번 달 안에 납품할 수 있습니다.

한민서 드림
`,
  },
  {
    thread: 'pip-emoji',
    from: 'Wren Vale <wren@vale-family.example>',
    to: ROBIN,
    subject: '🦕🧹🚪❓👩🏽‍🎨🏳️‍🌈',
    minutesAgo: 3755,
    labels: ['INBOX', 'CATEGORY_PERSONAL'],
    text: `Pip has taken over the telephone:

🦕 ➡️ 🧹 = 😱
🦕 ➡️ 🖼️ = 🥰
👧🏻❤️🧑🏼‍🎨

I think it is about your museum. She will not be taking questions. W.
`,
  },
];
