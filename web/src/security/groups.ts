import type { SecuritySettings } from '@rexian/contracts';

export interface NumberField {
  path: [keyof SecuritySettings, string];
  label: string;
  unit: string;
  min: number;
  max: number;
  /** What it means, in plain words, with the value that is typed at the moment. */
  explain(value: number): string;
}

export interface Group {
  title: string;
  fields: NumberField[];
}

const minutes = (seconds: number) =>
  seconds < 60
    ? `${seconds} 秒`
    : seconds % 60 === 0
      ? `${seconds / 60} 分钟`
      : `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`;

/** Limits are those of the contract (contracts/src/auth.ts); a test holds them against it. */
export const groups: Group[] = [
  {
    title: '密码规则',
    fields: [
      {
        path: ['password', 'minLength'],
        label: '最短长度',
        unit: '个字符',
        min: 8,
        max: 64,
        explain: (value) => `新密码不得少于 ${value} 个字符。等级保护要求一般不少于 8 个。`,
      },
      {
        path: ['password', 'minClasses'],
        label: '字符种类',
        unit: '种',
        min: 1,
        max: 4,
        explain: (value) =>
          value === 1 ? '对字符种类没有要求。' : `大写字母、小写字母、数字、符号中至少要有 ${value} 种。`,
      },
      {
        path: ['password', 'history'],
        label: '不可重复使用',
        unit: '次',
        min: 0,
        max: 24,
        explain: (value) => (value === 0 ? '可以再次使用旧密码。' : `最近 ${value} 次用过的密码不能再用。`),
      },
      {
        path: ['password', 'maxAgeDays'],
        label: '有效期',
        unit: '天',
        min: 0,
        max: 3650,
        explain: (value) =>
          value === 0 ? '密码长期有效。' : `密码使用 ${value} 天后，登录时必须先修改。填 0 为长期有效。`,
      },
    ],
  },
  {
    title: '登录锁定',
    fields: [
      {
        path: ['lockout', 'accountFailures'],
        label: '同一账号连续失败',
        unit: '次',
        min: 3,
        max: 20,
        explain: (value) => `同一工号连续输错 ${value} 次后锁定。`,
      },
      {
        path: ['lockout', 'addressFailures'],
        label: '同一地址连续失败',
        unit: '次',
        min: 5,
        max: 1000,
        explain: (value) => `同一来源地址连续失败 ${value} 次后锁定该地址。全中心经同一出口上网时请适当放大。`,
      },
      {
        path: ['lockout', 'firstSeconds'],
        label: '首次锁定',
        unit: '秒',
        min: 5,
        max: 3600,
        explain: (value) => `第一次锁定 ${minutes(value)}，之后每再失败一次加倍。`,
      },
      {
        path: ['lockout', 'maxSeconds'],
        label: '最长锁定',
        unit: '秒',
        min: 60,
        max: 86_400,
        explain: (value) => `加倍到 ${minutes(value)}为止。管理员可在“人员管理”中提前解除。`,
      },
    ],
  },
  {
    title: '登录会话',
    fields: [
      {
        path: ['session', 'idleMinutes'],
        label: '无操作退出',
        unit: '分钟',
        min: 5,
        max: 1440,
        explain: (value) => `${value} 分钟内没有任何操作，需要重新登录。坐席签入期间不会超时。`,
      },
      {
        path: ['session', 'absoluteHours'],
        label: '最长登录',
        unit: '小时',
        min: 1,
        max: 72,
        explain: (value) => `登录满 ${value} 小时后必须重新登录，请长于一个班次。`,
      },
    ],
  },
];

/** What the contract can't say: one value against another. */
export function contradiction(settings: SecuritySettings): string | null {
  const { firstSeconds, maxSeconds } = settings.lockout;
  return maxSeconds < firstSeconds ? '最长锁定不能短于首次锁定' : null;
}
