import { GMAIL_LIMITS, type Later, type QuotaLimits, type Stopwatch, UnitBudget } from './unit-budget.ts';

/** The budget of each account, whichever server asks. */
export class UnitBudgets {
  readonly #budgets = new Map<string, UnitBudget>();
  readonly #make: () => UnitBudget;

  constructor(limits: QuotaLimits = GMAIL_LIMITS, clock?: Stopwatch, wake?: Later) {
    this.#make = () => new UnitBudget(limits, clock, wake);
  }

  /** @param account its address, which is the same in any case */
  of(account: string): UnitBudget {
    const key = account.toLowerCase();
    const known = this.#budgets.get(key);
    if (known) return known;
    const made = this.#make();
    this.#budgets.set(key, made);
    return made;
  }
}
