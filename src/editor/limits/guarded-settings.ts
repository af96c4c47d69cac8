import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Memento } from 'vscode';
import type { AccountStore } from '../../accounts/account-store.ts';
import { SecretStore, type Vault } from '../../accounts/secret-store.ts';
import { type AccessLevel, lowerLevel } from '../../shared/access.ts';
import { problemIn } from '../../shared/hidden/hidden-query.ts';
import type { Privacy } from '../../shared/privacy.ts';
import { SerialQueue } from '../../shared/turns/serial-queue.ts';
import { describeLoosening, LIMIT_NAMES, type LimitName, type Limits, loosened, stricter } from './loosening.ts';
import type { Guard } from './stored-guard.ts';

export interface GuardOptions {
  store: Pick<AccountStore, 'list'>;
  vault: Vault;
  /** Which settings these are: each computer and each profile of the editor has its own, and all share the secrets. */
  place: string;
  /** The settings as they are now. What is misspelt in them is undefined. */
  settings(): Omit<Limits, 'maximumAccess'> & { maximumAccess: AccessLevel | undefined };
  /** Asks the person whether the changes may take effect. */
  ask(changes: readonly string[]): Promise<boolean>;
  /** Whether the person is at this window: of several windows one asks. */
  isFocused(): boolean;
  /** Is told when something else holds than before. */
  onChange(): void;
}

/** Holds while nothing is known: what a misspelt setting comes to, too. */
const STRICTEST = { showsCodes: false, maximumAccess: 'read', recordsActivity: true } as const;

/**
 * The settings that keep mail and codes out of reach and the agent in view, as they hold. An agent with a terminal can edit the settings file,
 * so while somebody is signed in a change there that lets through more holds only once the person has allowed it in a
 * question of the editor; one that lets through less holds at once. Nothing is asked of the secret storage while an
 * agent works: what it holds is known from {@link follow}.
 */
export class GuardedSettings {
  readonly #options: GuardOptions;
  readonly #secrets: SecretStore;
  readonly #turns = new SerialQueue();
  /** Undefined where nobody is signed in. */
  #guard: Guard | undefined;
  #isKnown = false;
  #isAsking = false;
  /** Whether what is held outlives the window. */
  #isKept = false;

  constructor(options: GuardOptions) {
    this.#options = options;
    this.#secrets = new SecretStore(options.vault, 'guard:');
  }

  /** The most that any account may allow. */
  readonly maximumLevel = (): AccessLevel => this.#holding().maximumAccess;

  /** Whether it is recorded what the agent does. */
  readonly recordsActivity = (): boolean => this.#holding().recordsActivity;

  /** What is kept out of the agent's reach. */
  readonly privacy = (): Privacy => {
    const { hiddenQuery, showsCodes } = this.#holding();
    return { hiddenQuery, showsCodes };
  };

  /**
   * Follows the settings, the accounts and the secret storage. To be called at the start and after each change of
   * these. It asks the person where that is needed, without waiting for the answer, and never rejects.
   */
  async follow(): Promise<void> {
    await this.#turns
      .run(() => this.#look())
      .catch(() => {
        // Without the secret storage nobody is signed in either.
        this.#isKnown = false;
      });
    void this.#ask();
  }

  #holding(): Limits {
    const now = this.#now();
    const limits = this.#guard ? stricter(this.#guard.held, now) : now;
    return this.#isKnown ? limits : { ...limits, ...STRICTEST };
  }

  /** The settings, with what is misspelt at its strictest. */
  #now(): Limits {
    const { maximumAccess = 'read', ...limits } = this.#options.settings();
    return { ...limits, maximumAccess };
  }

  async #look(): Promise<void> {
    const { accounts } = await this.#options.store.list();
    const before = this.#guard;
    if (accounts.length === 0) {
      await this.#secrets.clear();
      this.#guard = undefined;
    } else {
      // The sandbox leaves nothing behind.
      this.#isKept = accounts.some(({ sandboxOrigin }) => sandboxOrigin === undefined);
      const stored = await this.#secrets.get(this.#options.place);
      const known = (await parsed(stored)) ?? before ?? (await this.#begin());
      this.#guard = this.#tightened(known);
      await this.#keep(stored);
    }
    const isNews = !this.#isKnown || JSON.stringify(before) !== JSON.stringify(this.#guard);
    this.#isKnown = true;
    if (isNews) this.#options.onChange();
  }

  /** Settings that were never seen before let through no more than others do: who makes a profile gains nothing. */
  async #begin(): Promise<Guard> {
    const others = await Promise.all((await this.#secrets.list()).map(({ value }) => parsed(value)));
    const held = others.flatMap((other) => other?.held ?? []);
    return { version: 1, held: held.reduce(stricter, this.#now()), refused: {} };
  }

  async #keep(stored?: string): Promise<void> {
    const value = JSON.stringify(this.#guard);
    if (this.#isKept && value !== stored) await this.#secrets.set(this.#options.place, value);
  }

  /** What holds less than before is held from now on; what is misspelt, or hides by nonsense, is not. */
  #tightened(known: Guard): Guard {
    const now = this.#now();
    const { maximumAccess } = this.#options.settings();
    const looser = new Set(loosened(known.held, now));
    const held: Limits = {
      hiddenQuery: looser.has('hiddenQuery') || problemIn(now.hiddenQuery) ? known.held.hiddenQuery : now.hiddenQuery,
      showsCodes: known.held.showsCodes && now.showsCodes,
      recordsActivity: known.held.recordsActivity || now.recordsActivity,
      maximumAccess: maximumAccess ? lowerLevel(known.held.maximumAccess, maximumAccess) : known.held.maximumAccess,
    };
    const refused = LIMIT_NAMES.filter((name) => looser.has(name) && known.refused[name] === now[name]);
    return { version: 1, held, refused: pick(now, refused) };
  }

  /** One question at a time, about all that waits for an answer. */
  async #ask(): Promise<void> {
    const guard = this.#guard;
    if (!guard || this.#isAsking || !this.#isKnown || !this.#options.isFocused()) return;
    const asked = this.#now();
    const names = loosened(guard.held, asked).filter((name) => guard.refused[name] !== asked[name]);
    if (names.length === 0) return;
    this.#isAsking = true;
    try {
      const isAllowed = await this.#options.ask(names.map((name) => describeLoosening(name, guard.held, asked)));
      await this.#turns.run(() => this.#settle(names, asked, isAllowed));
    } catch {
      // Nothing was loosened; the next change asks again.
      return;
    } finally {
      this.#isAsking = false;
    }
    await this.follow();
  }

  /** An answer is about the values that were shown; whatever the settings say by now is another question. */
  async #settle(names: readonly LimitName[], asked: Limits, isAllowed: boolean): Promise<void> {
    const now = this.#now();
    const settled = pick(
      asked,
      names.filter((name) => now[name] === asked[name]),
    );
    const { held, refused } = this.#guard ?? {};
    if (!held) return;
    this.#guard = isAllowed
      ? { version: 1, held: { ...held, ...settled }, refused: { ...refused } }
      : { version: 1, held, refused: { ...refused, ...settled } };
    await this.#keep();
    this.#options.onChange();
  }
}

const pick = (from: Limits, names: readonly LimitName[]): Partial<Limits> =>
  Object.fromEntries(names.map((name) => [name, from[name]]));

/** What describes it is loaded where somebody is signed in. */
async function parsed(stored: string | undefined): Promise<Guard | undefined> {
  const { parseGuard } = await import('./stored-guard.ts');
  return parseGuard(stored);
}

/**
 * Names the settings that this window goes by: those of a computer, near or remote, and of a profile there.
 *
 * @param profile what is kept for the profile
 */
export async function placeOf(profile: Memento, remote: string | undefined): Promise<string> {
  const known = profile.get<string>(PROFILE);
  const id = known ?? randomUUID();
  if (known === undefined) await profile.update(PROFILE, id);
  return `${remote ?? 'here'} ${hostname()} ${id}`;
}

const PROFILE = 'profile';
