import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { COMMANDS, MESSAGE_BUTTONS } from '../../../src/editor/command-ids.ts';
import { ROOT, sourceFiles } from '../../support/source-files.ts';

interface Setting {
  type: string;
  scope: string;
  default?: unknown;
  description?: string;
  markdownDescription?: string;
  enum?: string[];
  enumDescriptions?: string[];
}

const { contributes } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));
const settings = Object.entries<Setting>(contributes.configuration.properties);
/** What the extension consists of in the window. */
const sources = sourceFiles().filter(({ path }) => path.startsWith('editor/') || path === 'extension.ts');
const written = sources.map(({ text }) => text).join('\n');

/** By what the extension answers to each kind of contribution; a kind that is not here has nothing behind it. */
const KINDS = [
  'chatSkills',
  'commands',
  'configuration',
  'configurationDefaults',
  'languages',
  'mcpServerDefinitionProviders',
  'menus',
  'walkthroughs',
];

describe('what package.json contributes', () => {
  it('is of the kinds that have a test of their own', () => {
    assert.deepEqual(Object.keys(contributes).sort(), KINDS);
  });

  for (const [name, setting] of settings) {
    it(`has in ${name} a setting that is described, has a default of its type, and is read`, () => {
      const text = setting.description ?? setting.markdownDescription ?? '';
      assert.match(text, /^[A-Z][^\n]{20,}\.$/);
      assert.ok(setting.description === undefined || setting.markdownDescription === undefined);
      const usual = setting.default;
      assert.equal(Array.isArray(usual) ? 'array' : typeof usual, setting.type);
      assert.ok(['machine', 'application'].includes(setting.scope), 'a workspace could set it');
      assert.equal(setting.enum?.length, setting.enumDescriptions?.length);
      if (setting.enum) assert.ok(setting.enum.includes(String(usual)));
      const [, own] = name.split('.');
      assert.match(written, new RegExp(`\\b(?:setting|get<unknown>)\\('${own}'\\)`));
    });
  }

  it('has commands with a title in one manner, each with something that runs it', () => {
    const runs = readFileSync(`${ROOT}src/editor/commands.ts`, 'utf8');
    const nameOf = new Map(Object.entries(COMMANDS).map(([name, id]): [string, string] => [id, name]));
    for (const { command, title, category, icon } of contributes.commands) {
      assert.equal(category, 'Gmail');
      assert.match(title, /^[A-Z][^.]+…?$/);
      const name = nameOf.get(command);
      if (name) assert.match(runs, new RegExp(`\\b${name}: \\(`));
      // Those of an editor’s title bar are icons, whose titles are all that a screen reader has.
      else assert.ok(command in MESSAGE_BUTTONS && icon && /\bThis Message\b/.test(title), command);
    }
  });

  it('names files that are there, a server that is registered, and the language of its messages', () => {
    const files = contributes.chatSkills.map(({ path }: { path: string }) => path);
    assert.deepEqual(
      files.filter((file: string) => !existsSync(`${ROOT}${file}`)),
      [],
    );
    for (const { id, label } of contributes.mcpServerDefinitionProviders) {
      assert.ok(label && written.includes(`registerMcpServerDefinitionProvider('${id}'`), id);
    }
    for (const { id } of contributes.languages) assert.ok(written.includes(`'${id}'`), id);
    const languages = contributes.languages.map(({ id }: { id: string }) => `[${id}]`);
    assert.deepEqual(Object.keys(contributes.configurationDefaults), languages);
  });
});

describe('the window at rest', () => {
  it('is not woken by a clock', () => {
    const woken = sources.filter(({ text }) => /\bsetInterval\(|(?<!timers\.)\bsetTimeout\(/.test(text));
    assert.deepEqual(
      woken.map(({ path }) => path),
      [],
    );
  });
});
