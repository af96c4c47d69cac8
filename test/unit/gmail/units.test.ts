import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { unitsOf } from '../../../src/gmail/connection/units.ts';

describe('the units of a request', () => {
  for (const [method, path, units] of [
    ['GET', 'messages', 5],
    ['GET', 'messages/18c0ffee', 20],
    ['get', 'messages/a/attachments/b', 20],
    ['GET', 'threads/a', 40],
    ['GET', 'history', 2],
    ['GET', 'labels/INBOX', 1],
    ['POST', 'messages/a/modify', 5],
    ['POST', 'messages/batchModify', 50],
    ['POST', 'messages/send', 100],
    ['POST', 'drafts/send', 100],
    ['PUT', 'drafts/r-1', 15],
    ['DELETE', 'settings/filters/a', 5],
    ['GET', 'something/new', 20],
  ] as const) {
    it(`are ${units} for ${method} ${path}`, () => {
      assert.equal(unitsOf(method, `/gmail/v1/users/me/${path}`), units);
    });
  }

  it('are the same for an upload', () => {
    assert.equal(unitsOf('POST', '/upload/gmail/v1/users/me/messages/send'), 100);
  });
});
