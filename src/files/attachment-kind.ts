/** Types beside text/… whose content is text. */
const TEXT_TYPES =
  /^(?:text\/(?!rtf)|message\/|application\/(?:json|ld\+json|xml|[\w.+-]+\+xml|[\w.+-]+\+json|x-yaml|yaml|sql|x-sh|javascript|ics|x-ndjson|pgp-signature|toml))/;
const TEXT_NAMES =
  /\.(?:txt|csv|tsv|json|ndjson|md|xml|html?|ics|vcf|eml|log|ya?ml|toml|ini|diff|patch|srt|sql|tex|asc)$/i;

/** Pictures that models can look at. */
const IMAGE_TYPES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

export type AttachmentKind = 'text' | 'image' | 'other';

/** What can be done with a file, by its type and, where that says nothing, its name. */
export function kindOf(type: string, name: string): AttachmentKind {
  if (IMAGE_TYPES.has(type)) return 'image';
  if (TEXT_TYPES.test(type)) return 'text';
  return /^application\/octet-stream$/.test(type) && TEXT_NAMES.test(name) ? 'text' : 'other';
}

/** Whether the bytes begin as their type says (PNG, JPEG, GIF and WebP signatures). */
export function isImage(bytes: Uint8Array, type: string): boolean {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  const signature: Record<string, RegExp> = {
    'image/png': /^\x89PNG\r\n/,
    'image/jpeg': /^\xff\xd8\xff/,
    'image/gif': /^GIF8[79]a/,
    'image/webp': /^RIFF.{4}WEBP/s,
  };
  return signature[type]?.test(head) ?? false;
}
