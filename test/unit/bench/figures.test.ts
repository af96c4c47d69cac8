import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { spreadOf, spreadText, tableOf } from '../../bench/figures.ts';
import { unitsOf } from '../../bench/units.ts';

describe('the spread of measured values', () => {
  it('is of values in any order, and interpolated between two', () => {
    assert.deepEqual(spreadOf([9, 1, 5, 3, 7]), { min: 1, q1: 3, median: 5, q3: 7, count: 5 });
    assert.deepEqual(spreadOf([10, 2]), { min: 2, q1: 4, median: 6, q3: 8, count: 2 });
    assert.deepEqual(spreadOf([4]), { min: 4, q1: 4, median: 4, q3: 4, count: 1 });
    assert.throws(() => spreadOf([]), RangeError);
  });

  it('is written with the median first', () => {
    assert.equal(spreadText(spreadOf([90, 100, 120, 140, 150])), '120 (90.0; 100–140)');
    assert.equal(spreadText(undefined), '–');
  });
});

describe('a table', () => {
  it('has aligned columns under the names of the first row', () => {
    const rows = [
      { row: 'search', ms: '41.0' },
      { row: 'read', ms: 107 },
    ];
    assert.equal(tableOf(rows), 'row       ms\n------  ----\nsearch  41.0\nread     107');
  });
});

describe('units of quota', () => {
  const at = (call: string) => call.replace(' ', ' /gmail/v1/users/me/');

  it('are those of each call together', () => {
    const search = [at('GET messages?q=x'), ...Array<string>(25).fill(at('GET messages/1a?format=metadata'))];
    assert.equal(unitsOf(search), 505);
    assert.equal(unitsOf([at('GET threads/1a'), at('GET messages/1a/attachments/b')]), 60);
    assert.equal(
      unitsOf([at('POST messages/batchModify'), at('POST messages/1a/modify'), at('POST messages/1a/trash')]),
      75,
    );
    assert.equal(unitsOf([]), 0);
  });

  it('are those of the method for an upload, once', () => {
    const begun = '/upload/gmail/v1/users/me/messages/send?uploadType=resumable';
    assert.equal(unitsOf([`POST ${begun}`, `PUT ${begun}&upload_id=1`]), 100);
  });
});
