/** What the demo's centres have been asked in the last twenty days, by whom it is handled, and how far it has come. */
import type { WorkOrderUrgency } from '@rexian/contracts';
import type { topics } from './topics.ts';
import type { ways } from './ways.ts';

export type Kind = keyof typeof topics;
/** `hours` ago it was registered; whole days: at some time of that day. `immediate`: answered at once. */
export type Story = readonly [
  way: keyof typeof ways | 'immediate',
  hours: number,
  kind?: Kind,
  urgency?: WorkOrderUrgency,
];

export const DAYS = 24;

export interface Centre {
  agents: readonly string[];
  desk: string;
  /** Of complaints and reports. */
  secret: string;
  /** Units that handle, with one who does. */
  handlers: readonly (readonly [unit: string, login: string])[];
  region: string;
  stories: readonly Story[];
}

export const centres: Readonly<Record<string, Centre>> = {
  gx: {
    agents: ['1001', '1002', '1003', '1004', '1005', '1006'],
    desk: '1000',
    secret: 'admin',
    handlers: [
      ['gx.nanning.xingning', '2101'],
      ['gx.liuzhou.chengzhong', '3101'],
      ['gx.nanning.qingxiu', '2201'],
      ['gx.nanning', '2000'],
      ['gx.nanning.xingning', '2102'],
    ],
    region: '广西南宁',
    stories: [
      ...([
        ['satisfied', 20 * DAYS],
        ['redone', 19 * DAYS],
        ['immediate', 17 * DAYS],
        ['unreached', 16 * DAYS],
      ] as const),
      ...([
        ['supervised', 11 * DAYS],
        ['basicallySatisfied', 14 * DAYS],
        ['immediate', 13 * DAYS],
      ] as const),
      ...([
        ['suspended', 8 * DAYS],
        ['satisfied', 9 * DAYS, 'complaint'],
        ['extended', 8 * DAYS],
      ] as const),
      ...([
        ['signed', 164],
        ['redo', 6 * DAYS],
        ['assisted', 5 * DAYS],
        ['immediate', 4 * DAYS],
      ] as const),
      ...([
        ['beforeVisit', 3 * DAYS],
        ['handled', 3 * DAYS],
        ['copied', 2 * DAYS],
        ['withdrawn', 2 * DAYS],
      ] as const),
      ...([
        ['signed', 2 * DAYS, 'transferred'],
        ['registered', 20, 'complaint', 'urgent'],
        ['sent', 5],
      ] as const),
      ...([
        ['registered', 7, 'inquiry'],
        ['registered', 3],
        ['registered', 1, 'suggestion'],
        ['immediate', 2],
      ] as const),
    ],
  },
  'gx.nanning': {
    agents: ['2001', '2002'],
    desk: '2000',
    secret: '2000',
    handlers: [
      ['gx.nanning.xingning', '2101'],
      ['gx.nanning.qingxiu', '2201'],
      ['gx.nanning.xingning', '2102'],
      ['gx.nanning.qingxiu', '2202'],
    ],
    region: '广西南宁',
    stories: [
      ...([
        ['satisfied', 18 * DAYS, 'suggestion'],
        ['satisfied', 15 * DAYS],
        ['redone', 16 * DAYS, 'complaint'],
      ] as const),
      ...([
        ['satisfied', 12 * DAYS, 'transferred'],
        ['urged', 10 * DAYS],
        ['supervised', 9 * DAYS],
      ] as const),
      ...([
        ['signed', 165],
        ['signed', 166],
        ['opinionGiven', 5 * DAYS],
        ['extensionAsked', 5 * DAYS],
      ] as const),
      ...([
        ['assisted', 4 * DAYS],
        ['transferred', 4 * DAYS],
        ['returned', 3 * DAYS],
        ['discussed', 2 * DAYS],
      ] as const),
      ...([
        ['beforeVisit', 3 * DAYS, 'inquiry'],
        ['handled', 2 * DAYS],
        ['signed', 3 * DAYS, 'report'],
      ] as const),
      ...([
        ['sent', 6, 'consultation', 'urgent'],
        ['sent', 4],
        ['sent', 2],
        ['registered', 2, 'transferred'],
      ] as const),
      ...([['immediate', 5]] as const),
    ],
  },
  'gx.liuzhou': {
    agents: ['3001', '3002'],
    desk: '3000',
    secret: '3000',
    handlers: [
      ['gx.liuzhou.chengzhong', '3101'],
      ['gx.liuzhou.chengzhong', '3102'],
    ],
    region: '广西柳州',
    stories: [
      ...([
        ['satisfied', 17 * DAYS],
        ['basicallySatisfied', 14 * DAYS, 'inquiry'],
        ['immediate', 12 * DAYS],
      ] as const),
      ...([
        ['satisfied', 10 * DAYS, 'suggestion'],
        ['urged', 9 * DAYS],
        ['signed', 163],
        ['suspended', 6 * DAYS],
      ] as const),
      ...([
        ['extended', 7 * DAYS, 'suggestion'],
        ['beforeVisit', 3 * DAYS],
        ['discussed', 2 * DAYS],
      ] as const),
      ...([
        ['handled', 2 * DAYS],
        ['signed', 1 * DAYS, 'complaint'],
        ['sent', 5],
        ['registered', 3, 'inquiry'],
      ] as const),
      ...([
        ['registered', 1],
        ['immediate', 1],
      ] as const),
    ],
  },
};
