import { ROBIN } from './compose.ts';
import type { SeedMessage } from './types.ts';

/** Mail from programs that never heard of UTF-8: the bytes as they came over the wire, lines ending in CRLF. */
export const LEGACY_CHARSETS: readonly SeedMessage[] = [
  {
    thread: 'moriyama-move',
    from: 'Sakura Moriyama <info@kissa-moriyama.example>',
    to: ROBIN,
    subject: '喫茶もりやま 移転のお知らせ',
    minutesAgo: 21_330,
    labels: ['CATEGORY_PERSONAL'],
    legacy: {
      charset: 'ISO-2022-JP',
      subjectEncoded: [
        '=?iso-2022-jp?b?GyRCNUpDYyRiJGokZCReGyhCIBskQjBcRT4kTiQqQ04bKEI=?=',
        '=?iso-2022-jp?b?GyRCJGkkOxsoQg==?=',
      ].join(' '),
      bodyBase64: [
        'GyRCJW0lUyVzTU0bKEINCg0KGyRCJCQkRCRiNUpDYyRiJGokZCReJHIkNE14TVEkJCQ/JEAkLSEi',
        'JCIkaiQsJEgkJiQ0JDYkJCReJDkhIxsoQg0KDQobJEIkMyROJD8kU0V2RTkkTyEiMVhBMCQrJGk5',
        'QURMJGo7MEhWQ08kWDBcRT4kOSRrJDMkSCRLJEokaiReJDckPyEjGyhCDQobJEI/NyQ3JCRFOSRP',
        'Pi8kNzY5JC8kSiRqJF4kOSQsISJBayQrJGlFdEJmJCw4KyQoJF4kOSEjGyhCDQoNChskQiQqPGgk',
        'akNWJC0kTkYmGyhCKBskQj88QHkkakZzSTQlMCVpJWAbKEIpGyRCJE8hIiQ9JE4kXiReJCpNQiQr',
        'JGokNyRGJCQkXiQ5ISMbKEINChskQiQqNVJNTSROQEokTyEiQWtCJiROQzwkRyQ5ISMbKEINCg0K',
        'GyRCRTk8ZxsoQiAbJEI/OTszJDUkLyRpGyhCDQo=',
      ].join('\r\n'),
    },
  },
  {
    thread: 'olga-scores',
    from: 'Olga Vetrova <olga@vetrova-notes.example>',
    to: ROBIN,
    subject: 'Ноты нашлись!',
    minutesAgo: 44_910,
    labels: ['CATEGORY_PERSONAL', 'Choir'],
    legacy: {
      charset: 'KOI8-R',
      subjectEncoded: '=?koi8-r?b?7s/U2SDOwdvMydPYIQ==?=',
      bodyBase64: [
        '8s/Cyc4sINrE0sHX09TX1cohDQoNCu7P1NkgzsHbzMnT2C4g787JIMzF1sHMySDUwc0sIMvVxMEg',
        'ycgg0M/Mz9bJzCDh0svBxMnKLCDUzyDF09TYINcNCsjPzM/EyczYzsnLxS4g58/Xz9LJ1Cwg3tTP',
        'wtkgzsUg19nD18XMyS4NCg0K8M/T2czBwCDUxcLFINDB0tTJwCDBzNjUwSDQz97Uz8osIM/C2d7O',
        '2c0gy8/O18XS1M/NLiD0wcvU2SDTIDQxINDPIDU2DQrRIM/C18XMwSDL0sHTztnNIMvB0sHOxMHb',
        'z806INTBzSDOwcTPINDF1Ngg1MnbxSwg3sXNIMvB1sXU09EuDQoNCu/CzsnNwcAsDQrvzNjHwQ0K',
      ].join('\r\n'),
    },
  },
  {
    thread: 'belami-booking',
    from: 'Cafe Belami <reservation@cafe-belami.example>',
    to: ROBIN,
    subject: 'Votre réservation – 4 couverts à l’étage',
    minutesAgo: 15_260,
    labels: ['CATEGORY_UPDATES'],
    legacy: {
      charset: 'windows-1252',
      subjectEncoded: [
        '=?windows-1252?B?Vm90cmUgculzZXJ2YXRpb24gliA0IGNvdXZlcnRzIOAg?=',
        '=?windows-1252?B?bJLpdGFnZQ==?=',
      ].join(' '),
      bodyBase64: [
        'Qm9uam91ciwNCg0Kbm91cyBhdm9ucyBiaWVuIG5vdOkgdm90cmUgculzZXJ2YXRpb24gOiA0IGNv',
        'dXZlcnRzLCDgIGyS6XRhZ2UsIHBy6HMgZHUgcG/qbGUuDQpMZSBtZW51IGR1IGpvdXIgZXN0IOAg',
        'MjQggCAoqyCcdWYgbW9sbGV0LCBwb3QtYXUtZmV1LCDubGUgZmxvdHRhbnRlILspLg0KDQpTaSBs',
        'knVuIGRlIHZvcyBjb252aXZlcyBukmFpbWUgcGFzIGyS7mxlIGZsb3R0YW50ZSwgcHLpdmVuZXot',
        'bm91cyA6IG5vdHJlIGNoZWYNCnBy6WbocmUgbJJhcHByZW5kcmUgcGFyIOljcml0hQ0KDQrAIHRy',
        '6HMgYmllbnT0dCwNClpv6yBMZWbodnJlIJYgQ2Fm6SBC6WxhbWkNCg==',
      ].join('\r\n'),
    },
  },
  {
    thread: 'sample-books',
    from: 'Zhou Lan <zhoulan@yunhe-press.example>',
    to: ROBIN,
    subject: '样书已寄出，请查收',
    minutesAgo: 52_705,
    labels: ['CATEGORY_PERSONAL'],
    legacy: {
      charset: 'GB18030',
      subjectEncoded: '=?GB18030?B?0fnK6dLRvMSz9qOsx+uy6crV?=',
      bodyBase64: [
        'wt6x9qOsxOO6w6O6DQoNCtH5yum98czsyc/O59LRvq28xLP2o6zSu7myyP2xvqOstPPUvMquzOzS',
        '1Lrztb2ho7fiw+bTw7XEysfE49GhtcQNCrvSwLbJq6Osyum8ucnPtcS8/c23scjQo9H50KHBy9K7',
        'usHD16Os1eLR+b+0xvDAtLj8sLK+sqGjDQoNCsjnufvK1bW9yrHWvdXF09DSu7XjsujP46Osx+uy',
        'u9Kqxua51qO6sta/4rj0sdrKx7Lo16+ho5Q5uzUNCg0K16O6w6OhDQrW3OGwDQrUxrrN06HLorOn',
        'DQo=',
      ].join('\r\n'),
    },
  },
];
