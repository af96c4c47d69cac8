/** The fields that an object of an answer can have; null stands for a plain value. */
export interface Shape {
  [field: string]: Shape | null;
}

const plain = <Name extends string>(...names: Name[]) =>
  Object.fromEntries(names.map((name) => [name, null])) as Record<Name, null>;

const PART: Shape = {
  ...plain('partId', 'mimeType', 'filename'),
  headers: plain('name', 'value'),
  body: plain('attachmentId', 'size', 'data'),
};
// Parts lie in parts, without an end.
PART.parts = PART;

const MESSAGE: Shape = {
  ...plain('id', 'threadId', 'labelIds', 'snippet', 'historyId', 'internalDate', 'sizeEstimate', 'raw'),
  // Answered to clients of enterprise accounts alone, but known.
  classificationLabelValues: { ...plain('labelId'), fields: plain('fieldId', 'selection') },
  payload: PART,
};

const THREAD: Shape = { ...plain('id', 'snippet', 'historyId'), messages: MESSAGE };

const LABEL: Shape = {
  ...plain('id', 'name', 'type', 'messageListVisibility', 'labelListVisibility'),
  ...plain('messagesTotal', 'messagesUnread', 'threadsTotal', 'threadsUnread'),
  color: plain('textColor', 'backgroundColor'),
};

const LABEL_CHANGE: Shape = { ...plain('labelIds'), message: MESSAGE };

const RECORD: Shape = {
  ...plain('id'),
  messages: MESSAGE,
  messagesAdded: { message: MESSAGE },
  messagesDeleted: { message: MESSAGE },
  labelsAdded: LABEL_CHANGE,
  labelsRemoved: LABEL_CHANGE,
};

const DRAFT: Shape = { ...plain('id'), message: MESSAGE };

const SEND_AS: Shape = {
  ...plain('sendAsEmail', 'displayName', 'replyToAddress', 'signature'),
  ...plain('isPrimary', 'isDefault', 'treatAsAlias', 'verificationStatus'),
  smtpMsa: plain('host', 'port', 'username', 'password', 'securityMode'),
};

const FILTER: Shape = {
  ...plain('id'),
  criteria: {
    ...plain('from', 'to', 'subject', 'query', 'negatedQuery', 'hasAttachment', 'excludeChats'),
    ...plain('size', 'sizeComparison'),
  },
  action: plain('addLabelIds', 'removeLabelIds', 'forward'),
};

const PAGE = plain('nextPageToken', 'resultSizeEstimate');

/** The answers of the Gmail API, by what they hold (https://developers.google.com/workspace/gmail/api/reference/rest). */
export const SHAPES = {
  profile: plain('emailAddress', 'messagesTotal', 'threadsTotal', 'historyId'),
  labels: { labels: LABEL },
  label: LABEL,
  messages: { ...PAGE, messages: MESSAGE },
  message: MESSAGE,
  attachment: plain('attachmentId', 'size', 'data'),
  threads: { ...PAGE, threads: THREAD },
  thread: THREAD,
  history: { ...plain('nextPageToken', 'historyId'), history: RECORD },
  draft: DRAFT,
  drafts: { ...PAGE, drafts: DRAFT },
  sendAs: SEND_AS,
  allSendAs: { sendAs: SEND_AS },
  filter: FILTER,
  filters: { filter: FILTER },
  /** What is asked of a message, a thread, or many messages. */
  change: plain('addLabelIds', 'removeLabelIds'),
  batchChange: plain('ids', 'addLabelIds', 'removeLabelIds'),
  nothing: {},
} satisfies Record<string, Shape>;
