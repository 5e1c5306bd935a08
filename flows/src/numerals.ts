/** Numbers in Chinese characters as they are spoken. Numbers come as digits in text: money must not pass through floating point. */

const NUMERALS = [...'零一二三四五六七八九'];
/** On the telephone 一 is 幺, which nobody mistakes for 七. */
const TELEPHONE = [...'零幺二三四五六七八九'];
const WITHIN_FOUR = ['', '十', '百', '千'];
const OF_FOURS = ['', '万', '亿', '万亿'];
const MOST_DIGITS = WITHIN_FOUR.length * OF_FOURS.length;

const each = (digits: string, names: readonly string[]) => digits.replace(/\d/g, (digit) => names[Number(digit)] ?? '');

/** `2026` → `二零二六`: years, and what stands behind a decimal point. */
export const oneByOne = (digits: string): string => each(digits, NUMERALS);
/** `12366` → `幺二三六六`: numbers that are dialled or typed. */
export const telephone = (digits: string): string => each(digits, TELEPHONE);

/** `12` → `十二`, `2000` → `两千`, `10010` → `一万零一十`. More than sixteen digits are read one by one. */
export function cardinal(digits: string): string {
  const plain = digits.replace(/^0+(?=\d)/, '');
  if (plain.length > MOST_DIGITS) return oneByOne(plain);
  if (plain === '0') return '零';
  let text = '';
  let gap = false;
  for (let place = Math.ceil(plain.length / 4) - 1; place >= 0; place -= 1) {
    const four = plain.slice(Math.max(0, plain.length - 4 * (place + 1)), plain.length - 4 * place);
    const value = Number(four);
    if (value === 0) {
      gap = true;
      continue;
    }
    if (text !== '' && (gap || value < 1000)) text += '零';
    gap = false;
    text += (place > 0 && value === 2 ? '两' : belowTenThousand(value)) + (OF_FOURS[place] ?? '');
  }
  // 一万亿 and 一亿 stand beside each other as 一万零一亿: the unit of the higher four is said once.
  return text.replace(/万亿(?=.*亿)/, '万').replace(/^一十/, '十');
}

function belowTenThousand(value: number): string {
  const digits = [...String(value)].map(Number);
  let text = '';
  let gap = false;
  digits.forEach((digit, at) => {
    const unit = WITHIN_FOUR[digits.length - 1 - at] ?? '';
    if (digit === 0) {
      gap = true;
      return;
    }
    if (gap) text += '零';
    gap = false;
    text += (digit === 2 && unit === '千' ? '两' : (NUMERALS[digit] ?? '')) + unit;
  });
  return text;
}

/** `-1,234.50` → `负一千二百三十四点五零`. */
export function quantity(number: string): string {
  const [whole = '', decimals] = number.replace(/^-|,/g, '').split('.');
  const sign = number.startsWith('-') ? '负' : '';
  return `${sign}${cardinal(whole)}${decimals ? `点${oneByOne(decimals)}` : ''}`;
}

/** `13` → `百分之十三`. */
export const percent = (number: string): string =>
  `${number.startsWith('-') ? '负' : ''}百分之${quantity(number.replace('-', ''))}`;

/** Before a measure word two is 两: `2` → `两`, `12` → `十二`. */
export const counted = (number: string): string => (number === '2' ? '两' : quantity(number));

/** 元角分: `1234.50` → `一千二百三十四元五角`, `0.05` → `五分`. Beyond hundredths as a quantity of yuan. */
export function money(number: string): string {
  const sign = number.startsWith('-') ? '负' : '';
  const [whole = '0', decimals = ''] = number.replace(/^-|,/g, '').split('.');
  if (decimals.length > 2) return `${sign}${quantity(`${whole}.${decimals}`)}元`;
  const [jiao, fen] = [...decimals.padEnd(2, '0')].map(Number) as [number, number];
  const parts = [
    Number(whole) > 0 ? `${counted(whole.replace(/^0+/, ''))}元` : '',
    jiao > 0 ? `${counted(String(jiao))}角` : '',
    // 一元零五分, but 五分.
    fen > 0 ? `${jiao === 0 && Number(whole) > 0 ? '零' : ''}${counted(String(fen))}分` : '',
  ];
  return parts.every((part) => part === '') ? '零元' : sign + parts.join('');
}

/** `2026`, `11`, `22` → `二零二六年十一月二十二日`; null for a day that no calendar has. */
export function date(year: string, month: string, day: string): string | null {
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (at.getUTCMonth() !== Number(month) - 1 || at.getUTCDate() !== Number(day)) return null;
  return `${oneByOne(year)}年${cardinal(month)}月${cardinal(day)}日`;
}

/** `08`, `30` → `八点三十分`; null when no clock shows it. */
export function timeOfDay(hour: string, minute: string, second?: string): string | null {
  if (Number(hour) > 24 || Number(minute) > 59 || Number(second ?? 0) > 59) return null;
  const small = (digits: string) =>
    digits.startsWith('0') && digits !== '00' ? `零${cardinal(digits)}` : cardinal(digits);
  const seconds = second && Number(second) > 0 ? `${small(second)}秒` : '';
  const minutes = Number(minute) > 0 || seconds ? `${small(minute)}分` : '';
  return `${counted(String(Number(hour)))}点${minutes}${seconds}`;
}
