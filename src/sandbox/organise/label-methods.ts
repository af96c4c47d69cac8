import { apiError, badField, invalidArgument, notFound } from '../google-error.ts';
import { type ApiRequest, nothing } from '../http.ts';
import { SHAPES } from '../rest/answer-shapes.ts';
import { readJson } from '../rest/json-body.ts';
import type { Method } from '../rest/method.ts';
import { SCOPES } from '../rest/scopes.ts';
import type { Label } from '../store/labels.ts';
import type { MailStore } from '../store/mail-store.ts';
import { PALETTE } from './palette.ts';

type LabelFields = Partial<Omit<Label, 'id' | 'type'>>;

/** No mailbox has more. */
const MOST_LABELS = 10_000;

/** Gmail's own limit in its settings, in characters; that the API holds it too is the sandbox's own choice. */
const LONGEST_NAME = 225;

/** What a label's places can say. */
const VISIBILITIES = {
  messageListVisibility: ['show', 'hide'],
  labelListVisibility: ['labelShow', 'labelShowIfUnread', 'labelHide'],
} as const;

/** Names that Gmail keeps for itself, in some languages of those it speaks. */
const RESERVED = new Set(
  [
    'inbox sent draft drafts spam trash bin unread starred important chat chats muted snoozed scheduled all archive',
    'enviado enviados borradores papelera posteingang gesendet entwürfe papierkorb corbeille brouillons envoyés',
  ].flatMap((row) => row.split(' ')),
);

/** What makes, changes and deletes labels. */
export function labelMethods(store: MailStore): Method[] {
  const common = { scopes: SCOPES.manageLabels, shape: SHAPES.label };
  const one = { ...common, path: '/labels/:label' };
  return [
    {
      ...common,
      verb: 'POST',
      path: '/labels',
      rpc: 'CreateLabel',
      handle: ({ body }) => create(store, fieldsOf(body)),
    },
    { ...one, verb: 'PUT', rpc: 'UpdateLabel', handle: (request) => change(store, request, {}) },
    {
      ...one,
      ...{ verb: 'PATCH', rpc: 'PatchLabel' },
      handle: (request) => change(store, request, userLabelOf(store, request.path.label)),
    },
    {
      ...one,
      ...{ verb: 'DELETE', rpc: 'DeleteLabel' },
      handle: ({ path }) => {
        store.removeLabel(userLabelOf(store, path.label, 'Invalid delete request').id);
        return nothing();
      },
    },
  ];
}

const fieldsOf = (body: Buffer) => readJson<LabelFields>(body, SHAPES.label);

function create(store: MailStore, fields: LabelFields): Label {
  check(store, fields, undefined);
  if (store.labels().length >= MOST_LABELS) throw invalidArgument('Maximum number of labels reached');
  const id = store.labelId(fields.name ?? '');
  return put(store, id, fields);
}

/** @param kept what stays where the request says nothing of it: all for PATCH, nothing for PUT */
function change(store: MailStore, { path, body }: ApiRequest, kept: LabelFields): Label {
  const { id } = userLabelOf(store, path.label);
  const fields = { ...kept, ...fieldsOf(body) };
  check(store, fields, id);
  return put(store, id, fields);
}

function put(store: MailStore, id: string, fields: LabelFields): Label {
  const { name = '', messageListVisibility = 'show', labelListVisibility = 'labelShow', color } = fields;
  const shown = color ? { color } : {};
  const label: Label = { id, name, type: 'user', messageListVisibility, labelListVisibility, ...shown };
  store.putLabel(label);
  return label;
}

/** A label that is no system label: those stay as they are. */
function userLabelOf(store: MailStore, id: string | undefined, refused = 'Invalid update request'): Label {
  const label = store.labels().find((known) => known.id === id);
  if (!label) throw notFound();
  if (label.type === 'system') throw invalidArgument(refused);
  return label;
}

/** @param own the label that may have the name already */
function check(store: MailStore, fields: LabelFields, own: string | undefined): void {
  const { name, color } = fields;
  if (!isName(name)) throw invalidArgument('Invalid label name');
  const isTaken = store.labels().some((label) => label.id !== own && label.name.toLowerCase() === name.toLowerCase());
  if (isTaken) throw apiError(409, 'aborted', 'Label name exists or conflicts');
  for (const [field, words] of Object.entries(VISIBILITIES)) {
    const value = fields[field as keyof typeof VISIBILITIES];
    if (value && !words.some((word) => word === value)) throw badField(`Invalid value at 'label.${field}'`, field);
  }
  if (!color) return;
  for (const colour of [color.textColor, color.backgroundColor]) {
    // Both, or none.
    if (!PALETTE.has(colour)) throw invalidArgument(`Label color ${colour} is not on the allowed color palette`);
  }
}

/** Levels of a name stand between slashes; that the levels above are labels as well is not asked. */
function isName(name: unknown): name is string {
  if (typeof name !== 'string' || name.length > LONGEST_NAME) return false;
  return name.split('/').every((level) => level.trim() !== '') && !RESERVED.has(name.trim().toLowerCase());
}
