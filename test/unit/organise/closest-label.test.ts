import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { closestLabel } from '../../../src/organise/labels/closest-label.ts';

const LABELS = ['News', 'Receipts', 'Work/Invoices', 'Northpier', 'INBOX'].map((name) => ({
  ...{ id: name, name, type: name === 'INBOX' ? ('system' as const) : ('user' as const) },
}));

describe('the label that may be meant', () => {
  for (const [wanted, name] of [
    ['Nwes', 'News'],
    ['receipt', 'Receipts'],
    ['Reciepts', 'Receipts'],
    ['Invoices', 'Work/Invoices'],
    ['work/invoice', 'Work/Invoices'],
    ['work-invoces', 'Work/Invoices'],
    ['Nothpeir', 'Northpier'],
    ['Newspaper', undefined],
    ['Home', undefined],
    ['INBX', undefined],
  ] as const) {
    it(`is ${name} for ${wanted}`, () => assert.equal(closestLabel(LABELS, wanted)?.name, name));
  }
});
