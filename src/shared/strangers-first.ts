/** A recipient as a question before a send knows it. */
interface Known {
  /** `local@domain`. */
  address: string;
  /** Whether nobody at this address was written to before. */
  isNew?: boolean | undefined;
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** How many of these addresses lie at each domain. */
export function countDomains(all: readonly Pick<Known, 'address'>[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { address } of all) counts.set(domainOf(address), (counts.get(domainOf(address)) ?? 0) + 1);
  return counts;
}

/**
 * Those who are written to for the first time before the others, and of both the rarest domains first: a stranger among
 * many colleagues is what a person looks for, and where not all fit it must not be the stranger who is left out.
 */
export function strangersFirst<T extends Known>(all: readonly T[]): T[] {
  const counts = countDomains(all);
  const rarity = ({ address }: Known) => counts.get(domainOf(address)) ?? 0;
  return all.toSorted((a, b) => Number(b.isNew === true) - Number(a.isNew === true) || rarity(a) - rarity(b));
}
