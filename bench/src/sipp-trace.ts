/** Reads what SIPp writes: message traces, response times and the statistics' last line. Pure. */

export interface TracedMessage {
  /** Milliseconds since 1970, with microseconds as fraction. */
  at: number;
  direction: 'sent' | 'received';
  /** Request line or status line, and the headers below it. */
  text: string;
}

const HEADING = /^-{20,} (\d{4})-(\d\d)-(\d\d)[ \tT](\d\d):(\d\d):(\d\d)\.(\d{1,6})Z?\s*$/;

/** Parses a `-trace_msg` file written with TZ=UTC (SIPp 3.8 writes ISO 8601, earlier ones a blank for the T). */
export function parseMessages(trace: string): TracedMessage[] {
  const messages: TracedMessage[] = [];
  let at: number | null = null;
  let lines: string[] = [];
  const finish = (): void => {
    if (at === null) return;
    const direction = /^\S+ message (sent|received)/.exec(lines[0] ?? '')?.[1];
    if (direction === 'sent' || direction === 'received') {
      messages.push({ at, direction, text: lines.slice(1).join('\n').trim() });
    }
  };
  for (const line of trace.split(/\r?\n/)) {
    const heading = HEADING.exec(line);
    if (!heading) {
      lines.push(line);
      continue;
    }
    finish();
    const [year, month, day, hour, minute, second] = heading.slice(1, 7).map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    at = Date.UTC(year, month - 1, day, hour, minute, second) + Number(`0.${heading[7]}`) * 1000;
    lines = [];
  }
  finish();
  return messages;
}

export function header(message: TracedMessage, name: string): string | null {
  return new RegExp(`^${name}\\s*:\\s*(.*?)\\s*$`, 'im').exec(message.text)?.[1] ?? null;
}

/** Contact id → arrival of the first INVITE at an agent's phone (retransmissions don't count). */
export function invitesByContact(messages: readonly TracedMessage[]): Map<string, number> {
  const invites = new Map<string, number>();
  for (const message of messages) {
    if (message.direction !== 'received' || !message.text.startsWith('INVITE ')) continue;
    const contact = header(message, 'X-Rexian-Contact');
    if (contact && !invites.has(contact)) invites.set(contact, message.at);
  }
  return invites;
}

/** Milliseconds of every call from a `-trace_rtt` file: `Date_ms;response_time_ms;rtd_name`. */
export function parseResponseTimes(csv: string): number[] {
  return csv
    .split(/\r?\n/)
    .map((line) => line.split(';'))
    .filter(([date, time]) => /^[\d.]+$/.test(date ?? '') && /^[\d.]+$/.test(time ?? ''))
    .map(([, time]) => Number(time));
}

export interface SippTotals {
  created: number;
  successful: number;
  failed: number;
  /** Most calls at the same time. */
  peak: number;
}

/** The cumulated counts of a `-trace_stat` file; null when it holds no line yet. */
export function parseTotals(csv: string): SippTotals | null {
  const [names, ...rows] = csv.split(/\r?\n/).filter((line) => line.includes(';'));
  const last = rows.at(-1)?.split(';');
  if (!names || !last) return null;
  const columns = names.split(';');
  const cell = (row: readonly string[], name: string): number => Number(row[columns.indexOf(name)] ?? Number.NaN);
  const value = (name: string): number => cell(last, name);
  const peak = Math.max(...rows.map((row) => cell(row.split(';'), 'CurrentCall')));
  return {
    created: value('TotalCallCreated'),
    successful: value('SuccessfulCall(C)'),
    failed: value('FailedCall(C)'),
    peak,
  };
}
