/** A desk as the server answers it, for tests: an agent in a talk with one caller unless told otherwise. */
import { type CallParty, type CallVerb, callVerb, type Desk, type DeskContact } from '@rexian/contracts';

export const at = (second: number) => new Date(second * 1_000);

export function verbs(...fitting: CallVerb[]): Record<CallVerb, boolean> {
  return Object.fromEntries(callVerb.values.map((verb) => [verb, fitting.includes(verb)])) as Record<CallVerb, boolean>;
}

export function party(change: Partial<CallParty>): CallParty {
  return {
    legId: 'l',
    person: null,
    name: '韦晓兰',
    role: 'lead',
    state: 'talking',
    muted: false,
    mode: null,
    me: false,
    ...change,
  };
}

export function contact(change: Partial<DeskContact>): DeskContact {
  return {
    contactId: 'c',
    legId: 'l',
    legState: 'talking',
    role: 'lead',
    direction: 'inbound',
    origin: 'direct',
    sentBy: null,
    callerNumber: '138****0001',
    callerRegion: '',
    calledNumber: '12366',
    calledName: '广西12366',
    queue: null,
    trajectory: [],
    waitedMs: 0,
    ringingAt: at(1),
    connectedAt: at(5),
    endedAt: null,
    onHold: false,
    muted: false,
    parties: [party({ me: true })],
    can: verbs(),
    whyNot: {},
    wrapUp: { until: null, mandatory: false },
    history: [],
    ...change,
  };
}

type Session = NonNullable<Desk['session']>;

export function deskOf(of: DeskContact | null, change: Partial<Session> = {}): Desk {
  return {
    session: {
      id: 's',
      state: of ? 'talking' : 'ready',
      reason: null,
      since: at(0),
      allottedUntil: null,
      signedInAt: at(0),
      phone: { kind: 'browser', label: '网页电话', reachable: true },
      autoAnswer: false,
      next: null,
      queues: [],
      can: { ready: false, notReady: true, signOut: true, wrapUp: false, dial: true, next: false },
      whyNoDial: null,
      ...change,
    },
    contact: of,
    today: {
      answered: 0,
      notAnswered: 0,
      talkingMs: 0,
      averageTalkingMs: 0,
      wrapUpMs: 0,
      readyMs: 0,
      notReadyMs: 0,
    },
    waiting: 0,
    messages: [],
    serverTime: at(10),
  };
}
