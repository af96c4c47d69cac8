import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { safeFileName } from '../../../src/server/files/file-name.ts';
import { seededRandom } from '../support.ts';

describe('a name for a file of a stranger', () => {
  const rows: [string, string][] = [
    ['report.pdf', 'report.pdf'],
    ['Angebot für März (2).pdf', 'Angebot für März (2).pdf'],
    ['見積書.xlsx', '見積書.xlsx'],
    ['archive.tar.gz', 'archive.tar.gz'],
    // Paths.
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\boot.ini', 'boot.ini'],
    ['/absolute/a.txt', 'a.txt'],
    ['C:\\a.txt', 'a.txt'],
    ['C:a.txt', 'C_a.txt'],
    ['a.txt/', 'a.txt'],
    ['a/ /', 'a'],
    ['a.txt::$DATA', 'a.txt__$DATA'],
    // Names that are none.
    ['', 'attachment'],
    ['..', 'attachment'],
    ['...', 'attachment'],
    [' . ', 'attachment'],
    ['///', 'attachment'],
    ['.bashrc', 'bashrc'],
    ['.ssh/authorized_keys', 'authorized_keys'],
    ['a. . .', 'a'],
    ['. nul', '_nul'],
    // What cannot be seen or printed.
    ['a\0b.txt', 'a_b.txt'],
    ['a\r\nb.txt', 'a__b.txt'],
    ['invoice\u202efdp.exe', 'invoice_fdp.exe.download'],
    ['a\u200b.txt', 'a_.txt'],
    ['a\u2028b.txt', 'a_b.txt'],
    ['a\ud800.txt', 'a\ufffd.txt'],
    ['a  b\u00a0c.txt', 'a b c.txt'],
    ['a<b>c|d?e*f"g.txt', 'a_b_c_d_e_f_g.txt'],
    // Devices of Windows.
    ['CON', '_CON'],
    ['con.txt', '_con.txt'],
    ['aux .txt', '_aux .txt'],
    ['COM1.log', '_COM1.log'],
    ['lpt³', '_lpt³'],
    ['CONIN$', '_CONIN$'],
    ['console.txt', 'console.txt'],
    ['com10.txt', 'com10.txt'],
    // Files that run.
    ['setup.exe', 'setup.exe.download'],
    ['setup.EXE', 'setup.EXE.download'],
    ['setup.exe. ', 'setup.exe.download'],
    ['photo.jpg.scr', 'photo.jpg.scr.download'],
    ['run.desktop', 'run.desktop.download'],
    ['run.command', 'run.command.download'],
    ['a.js', 'a.js.download'],
    ['a.json', 'a.json'],
    ['exe', 'exe'],
  ];
  for (const [given, expected] of rows) {
    it(`is ${JSON.stringify(expected)} for ${JSON.stringify(given)}`, () =>
      assert.equal(safeFileName(given), expected));
  }

  it('is short, and keeps its extension', () => {
    for (const character of ['a', 'ä', '漢', '🎉']) {
      const name = safeFileName(`${character.repeat(500)}.docx`);
      assert.ok(Buffer.byteLength(name) <= 150 && Buffer.byteLength(name) > 140, name);
      assert.match(name, /\.docx$/);
      assert.ok(name.isWellFormed());
    }
    assert.ok(Buffer.byteLength(safeFileName(`a.${'b'.repeat(500)}`)) <= 150);
    assert.match(safeFileName(`${'a'.repeat(500)}.exe`), /a\.exe\.download$/);
    assert.match(safeFileName(`${'a. '.repeat(200)}`), /a$/);
  });

  it('is one component of a path that no system refuses, whatever is given', () => {
    const random = seededRandom(7);
    const pieces = [
      'a',
      '.',
      '..',
      '/',
      '\\',
      ' ',
      ':',
      '\0',
      '\n',
      'con',
      '.exe',
      '\u202e',
      '\ud83c',
      '漢',
      '~',
      '$',
      '%00',
      'nul.',
    ];
    for (let n = 0; n < 3000; n += 1) {
      const given = Array.from({ length: 1 + random() * 12 }, () => pieces[Math.floor(random() * pieces.length)]).join(
        '',
      );
      const name = safeFileName(given);
      assert.ok(name !== '' && !name.startsWith('.') && !/[. ]$/.test(name), JSON.stringify([given, name]));
      assert.ok(!/[/\\:\p{Cc}\p{Cf}]/u.test(name) && name.isWellFormed(), JSON.stringify([given, name]));
      assert.ok(!/^(?:con|nul)(?:\.|$)|\.exe$/i.test(name), JSON.stringify([given, name]));
      assert.equal(safeFileName(name), name, JSON.stringify([given, name]));
    }
  });
});
