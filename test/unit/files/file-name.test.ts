import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { safeFileName } from '../../../src/files/file-name.ts';
import { seededRandom } from '../support.ts';

describe('a name for a file of a stranger', () => {
  const rows: [string, string][] = [
    ['report.pdf', 'report.pdf'],
    ['Angebot für März (2).pdf', 'Angebot für März (2).pdf'],
    ['見積書.xlsx', '見積書.xlsx'],
    ['archive.tar.gz', 'archive.tar.gz'],
    // Paths.
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\boot.ini', 'boot.ini.download'],
    ['/absolute/a.txt', 'a.txt'],
    ['C:\\a.txt', 'a.txt'],
    ['C:a.txt', 'C_a.txt'],
    ['a.txt/', 'a.txt'],
    ['a/ /', 'a'],
    ['a.txt::$DATA', 'a.txt__$DATA.download'],
    ['a.exe:stream', 'a.exe_stream.download'],
    ['%2e%2e%2fx', '%2e%2e%2fx'],
    [String.raw`C:\Windows\win.ini`, 'win.ini.download'],
    // Names that are none.
    ['', 'attachment'],
    ['..', 'attachment'],
    ['...', 'attachment'],
    [' . ', 'attachment'],
    ['///', 'attachment'],
    ['.bashrc', 'bashrc.download'],
    ['.ssh/authorized_keys', 'authorized_keys.download'],
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
    ['page.html', 'page.html.download'],
    ['drawing.svg', 'drawing.svg.download'],
    ['sheet.xlsm', 'sheet.xlsm.download'],
    ['disk.iso', 'disk.iso.download'],
    ['a.settingcontent-ms', 'a.settingcontent-ms.download'],
    ['a.library-ms', 'a.library-ms.download'],
    ['a.dmg', 'a.dmg.download'],
    ['a.mobileconfig', 'a.mobileconfig.download'],
    ['a.one', 'a.one.download'],
    ['tool.phar', 'tool.phar.download'],
    ['a.whatever-comes-next', 'a.whatever-comes-next.download'],
    // Several dots, and none of them at the end.
    ['backup.2026.tar.gz', 'backup.2026.tar.gz'],
    ['setup.exe.pdf', 'setup.exe.pdf'],
    ['invoice.pdf.exe', 'invoice.pdf.exe.download'],
    ['invoice.pdf...exe . .', 'invoice.pdf...exe.download'],
    ['invoice..pdf', 'invoice..pdf'],
    ['.hidden.tar.gz', 'hidden.tar.gz'],
    ['...hidden.txt', 'hidden.txt'],
    ['report.pdf. . ', 'report.pdf'],
    ['invoice.pdf .exe', 'invoice.pdf .exe.download'],
    ['invoice.exe ', 'invoice.exe.download'],
    ['invoice.e\u200bxe', 'invoice.e_xe.download'],
    ['invoice.exe\u3000', 'invoice.exe.download'],
    // Names that are written from the right.
    ['חשבונית.pdf', 'חשבונית.pdf'],
    ['فاتورة.exe', 'فاتورة.exe.download'],
    ['\u202ecod.exe', '_cod.exe.download'],
    ['\u2067fdp.exe\u2069', '_fdp.exe_.download'],
    // Names that agents and tools obey.
    ['AGENTS.md', 'AGENTS.md.download'],
    ['agents.MD', 'agents.MD.download'],
    ['CLAUDE.md', 'CLAUDE.md.download'],
    ['CLAUDE.local.md', 'CLAUDE.local.md.download'],
    ['GEMINI.md', 'GEMINI.md.download'],
    ['S\u212aILL.md', 'S\u212aILL.md.download'],
    ['\uff21GENTS.md', '\uff21GENTS.md.download'],
    ['.github/copilot-instructions.md', 'copilot-instructions.md.download'],
    ['a.instructions.md', 'a.instructions.md.download'],
    ['a.prompt.md', 'a.prompt.md.download'],
    ['reviewer.agent.md', 'reviewer.agent.md.download'],
    ['.cursorrules', 'cursorrules.download'],
    ['a.mdc', 'a.mdc.download'],
    ['.mcp.json', 'mcp.json.download'],
    ['.vscode/settings.json', 'settings.json.download'],
    ['tasks.json', 'tasks.json.download'],
    ['launch.json', 'launch.json.download'],
    ['package.json', 'package.json.download'],
    ['tsconfig.app.json', 'tsconfig.app.json.download'],
    ['.eslintrc.json', 'eslintrc.json.download'],
    ['requirements.txt', 'requirements.txt.download'],
    ['Makefile', 'Makefile.download'],
    ['Dockerfile', 'Dockerfile.download'],
    ['.env', 'env.download'],
    ['.env.local', 'env.local.download'],
    ['.gitconfig', 'gitconfig.download'],
    ['docker-compose.yml', 'docker-compose.yml.download'],
    ['our.code-workspace', 'our.code-workspace.download'],
    // And names that only begin or end like them.
    ['agents of change.pdf', 'agents of change.pdf'],
    ['agents-list.pdf', 'agents-list.pdf'],
    ['claude-monet.jpg', 'claude-monet.jpg'],
    ['notes.md', 'notes.md'],
    ['data.json', 'data.json'],
    ['a.exe.download', 'a.exe.download'],
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
    assert.match(safeFileName(`a.${'b'.repeat(500)}`), /^a\.b{148}\.download$/);
    assert.match(safeFileName(`${'a'.repeat(146)}.exe${'b'.repeat(50)}`), /^a+\.exe\.download$/);
    assert.match(safeFileName(`${'a'.repeat(500)}.exe`), /a\.exe\.download$/);
    assert.match(safeFileName(`${'a. '.repeat(200)}`), /a\.download$/);
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
