import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { datePartsOf } from '../../../../src/shared/time/date-parts.ts';

/** Zones with summer time, without, with half hours, and on both sides of the line of dates. */
const ZONES = ['Etc/UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kolkata', 'Pacific/Auckland', 'Pacific/Pago_Pago'];

/** From 1970 to 2060, some days apart, at all times of the day. */
const MOMENTS = Array.from({ length: 900 }, (_, index) => index * 36.7 * 86_400_000);

describe('the parts of a date', () => {
  const zone = process.env.TZ;

  before(() => {
    process.env.TZ = 'Etc/UTC';
  });

  after(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it('are those that Unicode has for British English, in each zone', () => {
    for (const timeZone of ZONES) {
      process.env.TZ = timeZone;
      const format = new Intl.DateTimeFormat('en-GB', {
        ...{ timeZone, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
        ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
      });
      for (const moment of MOMENTS) {
        const { weekday, day, year, time } = datePartsOf(moment);
        assert.equal(`${weekday}, ${day} ${year}, ${time}`, format.format(moment).replace(' at ', ', '), timeZone);
      }
    }
  });

  it('say the hours and minutes with two digits each', () => {
    process.env.TZ = 'Etc/UTC';
    assert.deepEqual(datePartsOf(Date.UTC(2026, 8, 4, 7, 5)), {
      ...{ weekday: 'Fri', day: '4 Sept', year: '2026', time: '07:05' },
    });
  });

  it('take what is no moment for the beginning of all, and show no NaN', () => {
    process.env.TZ = 'Etc/UTC';
    for (const none of [Number.NaN, 1e20]) assert.deepEqual(datePartsOf(none), datePartsOf(0));
  });
});
