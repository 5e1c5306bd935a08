import { z } from 'zod';

/**
 * Socket.IO messages. They say *what changed*; the reader fetches the new state through the API.
 * The server puts a socket into the rooms its viewer may see.
 */
export const realtimeMessage = z.discriminatedUnion('topic', [
  /** The viewer's own desk changed (state, contact, waiting calls). `sessionId` is the session that owns the desk now. */
  z.object({ topic: z.literal('desk'), sessionId: z.uuid().nullable() }),
  /** How many calls wait in the viewer's queues now: the one message that carries its news, because it changes all the time. */
  z.object({ topic: z.literal('waiting'), waiting: z.number().int() }),
  /** A leader wrote; `desk.get` has the text. */
  z.object({ topic: z.literal('message') }),
  /** The viewer was told something, or has read it on another page. */
  z.object({ topic: z.literal('notice') }),
  /** A contact in the viewer's scope changed. */
  z.object({ topic: z.literal('contact'), contactId: z.uuid() }),
  /** Work orders that the viewer may see were made or changed. */
  z.object({ topic: z.literal('work_orders') }),
  /** What the viewer may do or see changed: ask `auth.me` again. */
  z.object({ topic: z.literal('viewer') }),
  /** A flow's draft was saved or thrown away, a version published, or somebody opened or closed its editor. */
  z.object({ topic: z.literal('flow'), flowId: z.uuid() }),
  /** A workflow of work orders was saved, published, changed or removed, or somebody opened or closed its editor. */
  z.object({ topic: z.literal('workflow') }),
  /** Something on the live monitor changed; sent at most twice a second. */
  z.object({ topic: z.literal('monitor') }),
]);
export type RealtimeMessage = z.infer<typeof realtimeMessage>;

/** Socket.IO event that carries a RealtimeMessage from the server. */
export const REALTIME_EVENT = 'changed';
/**
 * Socket.IO event of a page that owns a desk session: its id, or null when it owns none any more. Sent after each connection as well. As
 * long as the socket lives, the agent counts as present.
 */
export const DESK_EVENT = 'desk';
/** Socket.IO path on the HTTP port. */
export const REALTIME_PATH = '/realtime';
