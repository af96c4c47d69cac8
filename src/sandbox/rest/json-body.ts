import { apiError, badField } from '../google-error.ts';
import type { Shape } from './answer-shapes.ts';

/**
 * Reads the JSON of a request. Nothing at all stands for an empty object.
 *
 * @param shape of the resource: other fields are refused
 * @throws GoogleError 400
 */
export function readJson<T extends object>(body: Buffer, shape: Shape): T {
  const text = body.toString('utf8');
  const value = text.trim() === '' ? {} : parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badField('Invalid JSON payload received. Unexpected token.');
  }
  checkNames(value, shape, '');
  return value as T;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw apiError(400, 'parseError', 'Invalid JSON payload received. Unexpected token.');
  }
}

function checkNames(value: object, shape: Shape, path: string): void {
  for (const [name, inner] of Object.entries(value)) {
    if (!Object.hasOwn(shape, name)) {
      const place = path ? ` at '${path}'` : '';
      throw badField(`Invalid JSON payload received. Unknown name "${name}"${place}: Cannot find field.`, path);
    }
    const below = shape[name];
    const items: unknown[] = Array.isArray(inner) ? inner : [inner];
    for (const item of items) {
      if (below && typeof item === 'object' && item !== null) checkNames(item, below, path ? `${path}.${name}` : name);
    }
  }
}

/**
 * The bytes of a field that holds base64, in either alphabet, with its padding or without.
 *
 * @throws GoogleError 400 for anything else
 */
export function bytesOf(value: unknown, field: string): Buffer {
  if (typeof value !== 'string' || !/^[\w+/-]*={0,2}$/.test(value)) {
    throw badField(`Invalid value at '${field}' (TYPE_BYTES), Base64 decoding failed`, field);
  }
  return Buffer.from(value, 'base64');
}
