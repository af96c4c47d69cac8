import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  ACCESS_LEVELS,
  type Access,
  type AccessLevel,
  denialOf,
  holdsFilters,
  isOffered,
  leastLevelFor,
  lowerLevel,
  mayHaveFilters,
  missingAccess,
  scopesOf,
  withoutFilters,
} from '../../../src/shared/access.ts';

const ACCESS: readonly Access[] = ['none', 'read', 'draft', 'organise', 'filters', 'send'];
const scope = (name: string) => `https://www.googleapis.com/auth/gmail.${name}`;
const [MODIFY, READONLY, COMPOSE, SEND, METADATA, SETTINGS] = [
  ...['modify', 'readonly', 'compose', 'send', 'metadata', 'settings.basic'].map(scope),
] as [string, string, string, string, string, string];
const EVERYTHING = 'https://mail.google.com/';

/** What the levels include, written out. */
const INCLUDED: Record<AccessLevel, readonly Access[]> = {
  read: ['none', 'read'],
  draft: ['none', 'read', 'draft'],
  organise: ['none', 'read', 'draft', 'organise', 'filters'],
  full: ['none', 'read', 'draft', 'organise', 'filters', 'send'],
};

/** What sets of scopes allow (https://developers.google.com/workspace/gmail/api/auth/scopes), written out. */
const ALLOWED: [string, (string | undefined)[], readonly Access[]][] = [
  ['nothing', [], ['none']],
  ['gmail.readonly', [READONLY], ['none', 'read']],
  ['gmail.compose', [COMPOSE], ['none', 'draft', 'send']],
  ['gmail.send', [SEND], ['none', 'send']],
  ['gmail.metadata', [METADATA], ['none']],
  ['gmail.modify', [MODIFY], ['none', 'read', 'draft', 'organise', 'send']],
  ['https://mail.google.com/', [EVERYTHING], ['none', 'read', 'draft', 'organise', 'send']],
  ['gmail.settings.basic', [SETTINGS], ['none']],
  ['gmail.settings.basic and gmail.readonly', [SETTINGS, READONLY], ['none', 'read']],
  ['gmail.modify and gmail.settings.basic', [MODIFY, SETTINGS], ACCESS],
  ['gmail.readonly and gmail.compose', [READONLY, COMPOSE], ['none', 'read', 'draft', 'send']],
  ['gmail.readonly and gmail.send', [READONLY, SEND], ['none', 'read', 'send']],
  ['scopes of sign-in alone', ['openid', 'https://www.googleapis.com/auth/userinfo.email'], ['none']],
  ['look-alikes', [`${MODIFY}.x`, 'gmail.modify', 'https://mail.google.com'], ['none']],
];

describe('what an account allows', () => {
  for (const level of ACCESS_LEVELS) {
    for (const access of ACCESS) {
      const isIncluded = INCLUDED[level].includes(access);
      it(`${access} with the level ${level} and scopes that are not known yet: ${isIncluded}`, () => {
        assert.equal(denialOf(access, level, undefined), isIncluded ? undefined : 'level');
      });
      it(`${access} with the level ${level} and each set of scopes`, () => {
        for (const [name, scopes, allowed] of ALLOWED) {
          const expected = isIncluded ? (allowed.includes(access) ? undefined : 'scope') : 'level';
          assert.equal(denialOf(access, level, scopes as string[]), expected, name);
        }
      });
    }
  }
});

describe('what a sign-in asks for', () => {
  for (const level of ACCESS_LEVELS) {
    it(`allows everything of the level ${level}`, () => {
      assert.deepEqual(missingAccess(level, scopesOf(level)), []);
      assert.notEqual(scopesOf(level).length, 0);
    });
  }

  it('is the least that Google has for it, and never the scope that deletes for good', () => {
    assert.deepEqual(scopesOf('read'), [READONLY]);
    assert.deepEqual(scopesOf('draft'), [READONLY, COMPOSE]);
    assert.deepEqual(scopesOf('organise'), [MODIFY]);
    assert.deepEqual(scopesOf('full'), [MODIFY]);
  });
});

describe('filters', () => {
  it('are asked for where they are ticked and the level includes them, and nowhere else', () => {
    assert.deepEqual(scopesOf('full', true), [MODIFY, SETTINGS]);
    assert.deepEqual(scopesOf('organise', true), [MODIFY, SETTINGS]);
    assert.deepEqual(scopesOf('draft', true), scopesOf('draft'));
    assert.deepEqual(ACCESS_LEVELS.map(mayHaveFilters), [false, false, true, true]);
  });

  it('are offered only where they are known to be granted', () => {
    assert.equal(isOffered('filters', 'full', undefined), false);
    assert.equal(isOffered('organise', 'full', undefined), true);
    assert.equal(isOffered('filters', 'full', [MODIFY]), false);
    assert.equal(isOffered('filters', 'full', [MODIFY, SETTINGS]), true);
    assert.equal(isOffered('filters', 'draft', [MODIFY, SETTINGS]), false);
  });

  it('are missing only of a sign-in for which they were ticked', () => {
    assert.deepEqual(missingAccess('full', [MODIFY]), []);
    assert.deepEqual(missingAccess('full', [MODIFY], true), ['filters']);
    assert.deepEqual(missingAccess('full', [MODIFY, SETTINGS], true), []);
    assert.deepEqual(missingAccess('draft', [MODIFY], true), []);
  });

  it('are told by their scope', () => {
    assert.deepEqual([undefined, [], [MODIFY], [MODIFY, SETTINGS]].map(holdsFilters), [false, false, false, true]);
    assert.deepEqual(withoutFilters([MODIFY, SETTINGS]), [MODIFY]);
  });
});

describe('what is missing of a level', () => {
  const missing: [AccessLevel, (string | undefined)[] | undefined, Access[]][] = [
    ['full', undefined, []],
    ['full', [MODIFY], []],
    ['full', [READONLY], ['draft', 'organise', 'send']],
    ['full', [COMPOSE], ['read', 'organise']],
    ['organise', [READONLY, COMPOSE], ['organise']],
    ['draft', [READONLY], ['draft']],
    ['draft', [COMPOSE], ['read']],
    ['read', [COMPOSE], ['read']],
    ['read', [], ['read']],
    ['full', [], ['read', 'draft', 'organise', 'send']],
  ];
  for (const [level, scopes, expected] of missing) {
    const granted = scopes?.map((each) => each?.split('/').at(-1)).join(' and ');
    it(`${level} with ${granted === undefined ? 'unknown scopes' : granted || 'no scope'}: ${expected}`, () => {
      assert.deepEqual(missingAccess(level, scopes as string[] | undefined), expected);
    });
  }
});

describe('levels', () => {
  it('go from the least to the most', () => assert.deepEqual(ACCESS_LEVELS, ['read', 'draft', 'organise', 'full']));

  it('are compared in this order, either way round', () => {
    for (const [low, a] of ACCESS_LEVELS.entries()) {
      for (const b of ACCESS_LEVELS.slice(low)) {
        assert.equal(lowerLevel(a, b), a);
        assert.equal(lowerLevel(b, a), a);
      }
    }
  });

  it('are the least that includes an access', () => {
    for (const access of ACCESS) {
      assert.equal(
        leastLevelFor(access),
        ACCESS_LEVELS.find((level) => INCLUDED[level].includes(access)),
      );
    }
  });
});
