/**
 * Made-up taxpayers for demonstrations: always the same for a number, and for a code the same as by number. Codes are well formed
 * (GB 32100-2015), none was looked up anywhere.
 */
import { createHash } from 'node:crypto';
import type { TaxpayerQuestion, WireTaxpayer } from './wire.ts';

const CODE_LETTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const CODE_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const BODY_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

const DISTRICTS = [
  ['450103', '南宁', '青秀区'],
  ['450105', '南宁', '江南区'],
  ['450107', '南宁', '西乡塘区'],
  ['450203', '柳州', '鱼峰区'],
  ['450305', '桂林', '七星区'],
  ['450503', '北海', '银海区'],
] as const;
const WORDS = ['恒信', '桂源', '启明', '邕江', '瑞丰', '南湖', '绿城', '众合', '朝阳', '金茂', '五象', '海蓝'];
const TRADES = [
  ['商贸', '批发和零售业'],
  ['建筑工程', '建筑业'],
  ['信息技术', '软件和信息技术服务业'],
  ['餐饮管理', '住宿和餐饮业'],
  ['物流', '交通运输业'],
  ['农业开发', '农、林、牧、渔业'],
] as const;
const SURNAMES = [...'韦黄覃李陆莫蒙梁农廖'];
const GIVEN = ['晓兰', '志强', '丽萍', '建国', '海燕', '文斌', '秋菊', '永福', '雪梅', '子轩'];
/** By how often they come. */
const STATUSES = ['正常', '正常', '正常', '正常', '正常', '正常', '非正常', '清算', '注销'];
const RATINGS = ['A', 'B', 'B', 'B', 'M', 'M', 'C', 'D'];
const HEALTH: Record<string, string> = { A: '绿码', B: '绿码', M: '绿码', C: '黄码', D: '红码' };

/** A sequence of picks that depends on nothing but the seed. */
function dice(seed: string) {
  let round = 0;
  let bytes = Buffer.alloc(0);
  const next = () => {
    if (bytes.length < 4) {
      bytes = createHash('sha256').update(`${seed} ${round}`).digest();
      round += 1;
    }
    const value = bytes.readUInt32BE(0);
    bytes = bytes.subarray(4);
    return value;
  };
  return {
    below: (limit: number) => next() % limit,
    pick: <T>(from: readonly T[]): T => from[next() % from.length] as T,
  };
}

export function demoAnswer(question: TaxpayerQuestion): WireTaxpayer[] {
  if ('creditCode' in question) return isCode(question.creditCode) ? [taxpayer(question.creditCode)] : [];
  const { below } = dice(`number ${question.number}`);
  const fate = below(10);
  const count = fate === 0 ? 0 : fate < 7 ? 1 : fate < 9 ? 2 : 3;
  return Array.from({ length: count }, (_, index) => {
    const found = taxpayer(codeOf(`${question.number} ${index}`));
    const whose = dice(`${question.number} ${found.creditCode}`).pick([
      'legal_phone',
      'finance_phone',
      'clerk_phone',
    ] as const);
    return { ...found, matchedBy: [whose] };
  });
}

function taxpayer(creditCode: string): WireTaxpayer {
  const { below, pick } = dice(creditCode);
  const [, city, district] = DISTRICTS.find(([code]) => creditCode.slice(2, 8) === code) ?? DISTRICTS[0];
  const [trade, industry] = pick(TRADES);
  const person = () => pick(SURNAMES) + pick(GIVEN);
  const legal = person();
  const creditRating = pick(RATINGS);
  const registered = `20${String(5 + below(19)).padStart(2, '0')}-${String(1 + below(12)).padStart(2, '0')}`;
  return {
    creditCode,
    name: `${city}市${pick(WORDS)}${trade}有限公司`,
    legalRepresentative: legal,
    financeManager: person(),
    taxClerk: below(3) === 0 ? legal : person(),
    authority: `国家税务总局${city}市${district}税务局`,
    status: pick(STATUSES),
    creditRating,
    extras: [
      { label: '税收健康码', value: HEALTH[creditRating] ?? '绿码' },
      { label: '纳税人类型', value: below(2) === 0 ? '增值税一般纳税人' : '增值税小规模纳税人' },
      { label: '行业', value: industry },
      { label: '登记日期', value: registered },
      { label: '欠税', value: below(6) === 0 ? '有' : '无' },
    ],
  };
}

function codeOf(seed: string): string {
  const { pick } = dice(seed);
  const body = Array.from({ length: 8 }, () => pick([...'0123456789ABCDEFGH'])).join('');
  const head = `91${pick(DISTRICTS)[0]}M${body.slice(1)}`;
  const organisation = head.slice(8);
  const sum = [...organisation].reduce(
    (total, letter, at) =>
      total + (/\d/.test(letter) ? Number(letter) : letter.charCodeAt(0) - 55) * (BODY_WEIGHTS[at] ?? 0),
    0,
  );
  const check = 11 - (sum % 11);
  const first = `${head}${check === 10 ? 'X' : check === 11 ? '0' : check}`;
  return first + checkOf(first);
}

/** The last character of an 18 character code (GB 32100-2015, modulo 31); empty when one of the others can't be in it. */
function checkOf(first: string): string {
  const values = [...first].map((letter) => CODE_LETTERS.indexOf(letter));
  if (values.includes(-1)) return '';
  const sum = values.reduce((total, value, at) => total + value * (CODE_WEIGHTS[at] ?? 0), 0);
  return CODE_LETTERS[(31 - (sum % 31)) % 31] ?? '';
}

const isCode = (code: string): boolean => code.length === 18 && checkOf(code.slice(0, 17)) === code[17];
