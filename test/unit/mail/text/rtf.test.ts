import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { textOfRtf } from '../../../../src/mail/text/rtf.ts';

describe('an RTF file', () => {
  const rows: [string, string][] = [
    [String.raw`{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0\fs24 One\par two}`, 'One\ntwo'],
    [String.raw`{\rtf1 4\b 82\b0 913}`, '482913'],
    [String.raw`{\rtf1 Gr\'fc\'dfe \u269? \{x\}}`, 'Grüße č {x}'],
    [String.raw`{\rtf1{\*\generator Word;}{\info{\author Ann}}Hello{\b  you}}`, 'Hello you'],
    [String.raw`{\rtf1 a\cell b\row}`, 'a\tb'],
    [String.raw`{\rtf1 }}} \'`, ''],
  ];
  for (const [source, text] of rows)
    it(`reads as ${JSON.stringify(text)}`, () => assert.equal(textOfRtf(source), text));
});
