import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { COMMANDS, targetOf } from '../../../src/editor/command-ids.ts';
import { QUESTIONS } from '../../../src/editor/walkthrough/questions.ts';
import { OFFERED_PROMPTS } from '../../../src/server/prompts/index.ts';
import { skillFiles } from '../../support/skill-files.ts';
import { ROOT } from '../../support/source-files.ts';

interface Step {
  id: string;
  title: string;
  description: string;
  media: { svg: string; altText: string };
  completionEvents: string[];
}

const { contributes } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
const steps: Step[] = contributes.walkthroughs[0].steps;
const links = (description: string) =>
  [...description.matchAll(/\((command:)(\w+\.\w+)(?:\?([^)]*))?\)/g)].map(([, , command = '', query]) => ({
    command,
    args: query === undefined ? [] : (JSON.parse(decodeURIComponent(query)) as unknown[]),
  }));
const commandIds: ReadonlySet<string> = new Set(Object.values(COMMANDS));

describe('the walkthrough', () => {
  it('leads from what it is to the first question', () => {
    assert.equal(contributes.walkthroughs.length, 1);
    assert.deepEqual(
      steps.map(({ id }) => id),
      ['what', 'sandbox', 'connect', 'access', 'ask'],
    );
  });

  it('has buttons that run commands that there are, and steps that those can do', () => {
    for (const { id, description, completionEvents } of steps) {
      const commands = links(description).map(({ command }) => command);
      for (const command of commands) assert.ok(commandIds.has(command), `${id}: ${command}`);
      for (const event of completionEvents) {
        assert.match(event, /^(?:onStepSelected|onContext:headlessGmail\.has(?:Sandbox|GoogleAccount)|onCommand:.*)$/);
        const [, awaited] = /^onCommand:(.*)$/.exec(event) ?? [];
        if (awaited) assert.ok(commands.includes(awaited), `${id}: ${awaited} has no button`);
      }
    }
  });

  it('asks each question that there is, once', () => {
    const asked = links(steps.at(-1)?.description ?? '').map(({ args: [argument] }) => targetOf(argument).question);
    assert.deepEqual(asked, Object.keys(QUESTIONS));
    assert.deepEqual(targetOf({ question: 'constructor' }), {});
  });

  it('has pictures in the colours of the theme alone, which say the same as their words', () => {
    for (const { media } of steps) {
      const picture = readFileSync(path.join(ROOT, media.svg), 'utf8');
      assert.ok(picture.includes(`<title>${media.altText}</title>`), media.svg);
      const colours = [...picture.matchAll(/(?:fill|stroke)="([^"]*)"/g)].map(([, colour = '']) => colour);
      assert.deepEqual(
        colours.filter((colour) => !/^(?:none|var\(--vscode-[a-zA-Z-]+\))$/.test(colour)),
        [],
      );
      // The policy of the page that shows it forbids styles, scripts and whatever comes from elsewhere.
      assert.doesNotMatch(picture, /style=|<style|<script|href|#[0-9a-f]{3}/i, media.svg);
    }
  });
});

describe('the agent skills', () => {
  it('are files with the words of the prompts', () => {
    for (const [file, text] of skillFiles()) {
      assert.ok(existsSync(path.join(ROOT, file)), `${file}: run \`npm run skills\``);
      assert.equal(readFileSync(path.join(ROOT, file), 'utf8'), text, `${file}: run \`npm run skills\``);
      const [, folder] = /^\.\/media\/skills\/([a-z]+(?:-[a-z]+)*)\/SKILL\.md$/.exec(file) ?? [];
      const [, name, description = ''] = /^---\nname: (\S+)\ndescription: (".*")\n---\n\n# /.exec(text) ?? [];
      assert.ok(folder && name === folder && folder.length <= 64, file);
      assert.match(JSON.parse(description).slice(0, 100), /\bemail\b/);
      assert.match(description, /Use it when the user/);
      assert.ok(description.length <= 1024 && !/[<>]/.test(description), file);
      assert.doesNotMatch(text, /undefined|null|\[object/);
    }
  });

  it('are one for each prompt, as package.json names them', () => {
    assert.equal(skillFiles().size, OFFERED_PROMPTS.length);
    assert.deepEqual(
      contributes.chatSkills,
      [...skillFiles().keys()].map((file) => ({ path: file })),
    );
  });
});
