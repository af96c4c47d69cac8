import * as z from 'zod';

/** One live broker, as its file in the announcement folder describes it. */
const announcementSchema = z.object({
  version: z.literal(1),
  /** The extension host that answers. */
  pid: z.int().positive(),
  /** Socket path or pipe name. */
  socket: z.string().min(1).max(500),
  /** What both sides prove to know; it is never sent. */
  nonce: z.string().min(40).max(100),
  /** When the window was focused last, milliseconds since the epoch. */
  focusedAt: z.number(),
});

export type Announcement = z.infer<typeof announcementSchema>;

/** Reads the text of such a file; undefined where it is none. */
export function parseAnnouncement(text: string): Announcement | undefined {
  try {
    return announcementSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
