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
        'GyRCJW0lUyVzTU0bKEINCg0KGyRCJCQkRCRiNUpDYyRiJGokZCReJHIkNE14TVEkJCQ/JEAkLSEiJCIkaiQsJEgkJiQ0JDYkJCRe',
        'JDkhIxsoQg0KDQobJEIkMyROJD8kU0V2RTkkTyEiMVhBMCQrJGk5QURMJGo7MEhWQ08kWDBcRT4kOSRrJDMkSCRLJEokaiReJDck',
        'PyEjGyhCDQobJEI/NyQ3JCRFOSRPPi8kNzY5JC8kSiRqJF4kOSQsISJBayQrJGlFdEJmJCw4KyQoJF4kOSEjGyhCDQoNChskQiQq',
        'PGgkakNWJC0kTkYmGyhCKBskQj88QHkkakZzSTQlMCVpJWAbKEIpGyRCJE8hIiQ9JE4kXiReJCpNQiQrJGokNyRGJCQkXiQ5ISMb',
        'KEINChskQiQqNVJNTSROQEokTyEiQWtCJiROQzwkRyQ5ISMbKEINCg0KGyRCRTk8ZxsoQiAbJEI/OTszJDUkLyRpGyhCDQo=',
      ].join(''),
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
        '8s/Cyc4sINrE0sHX09TX1cohDQoNCu7P1NkgzsHbzMnT2C4g787JIMzF1sHMySDUwc0sIMvVxMEgycgg0M/Mz9bJzCDh0svBxMnK',
        'LCDUzyDF09TYINcNCsjPzM/EyczYzsnLxS4g58/Xz9LJ1Cwg3tTPwtkgzsUg19nD18XMyS4NCg0K8M/T2czBwCDUxcLFINDB0tTJ',
        'wCDBzNjUwSDQz97Uz8osIM/C2d7O2c0gy8/O18XS1M/NLiD0wcvU2SDTIDQxINDPIDU2DQrRIM/C18XMwSDL0sHTztnNIMvB0sHO',
        'xMHbz806INTBzSDOwcTPINDF1Ngg1MnbxSwg3sXNIMvB1sXU09EuDQoNCu/CzsnNwcAsDQrvzNjHwQ0K',
      ].join(''),
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
        'Qm9uam91ciwNCg0Kbm91cyBhdm9ucyBiaWVuIG5vdOkgdm90cmUgculzZXJ2YXRpb24gOiA0IGNvdXZlcnRzLCDgIGyS6XRhZ2Us',
        'IHBy6HMgZHUgcG/qbGUuDQpMZSBtZW51IGR1IGpvdXIgZXN0IOAgMjQggCAoqyCcdWYgbW9sbGV0LCBwb3QtYXUtZmV1LCDubGUg',
        'ZmxvdHRhbnRlILspLg0KDQpTaSBsknVuIGRlIHZvcyBjb252aXZlcyBukmFpbWUgcGFzIGyS7mxlIGZsb3R0YW50ZSwgcHLpdmVu',
        'ZXotbm91cyA6IG5vdHJlIGNoZWYNCnBy6WbocmUgbJJhcHByZW5kcmUgcGFyIOljcml0hQ0KDQrAIHRy6HMgYmllbnT0dCwNClpv',
        '6yBMZWbodnJlIJYgQ2Fm6SBC6WxhbWkNCg==',
      ].join(''),
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
        'wt6x9qOsxOO6w6O6DQoNCtH5yum98czsyc/O59LRvq28xLP2o6zSu7myyP2xvqOstPPUvMquzOzS1Lrztb2ho7fiw+bTw7XEysfE',
        '49GhtcQNCrvSwLbJq6Osyum8ucnPtcS8/c23scjQo9H50KHBy9K7usHD16Os1eLR+b+0xvDAtLj8sLK+sqGjDQoNCsjnufvK1bW9',
        'yrHWvdXF09DSu7XjsujP46Osx+uyu9Kqxua51qO6sta/4rj0sdrKx7Lo16+ho5Q5uzUNCg0K16O6w6OhDQrW3OGwDQrUxrrN06HL',
        'orOnDQo=',
      ].join(''),
    },
  },
];
