/**
 * Text as it is spoken: digits and signs become Chinese characters by what stands around them (《出版物上数字用法》 GB/T 15835 for what is a
 * number and what a code). Every speech engine is given this, so that all read alike.
 */
import {
  cardinal,
  counted,
  date,
  money,
  oneByOne,
  percent,
  quantity,
  telephone,
  timeOfDay,
} from '@rexian/flows/numerals.ts';

const NUMBER = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?`;
const DASH = '[-–—~]{1,2}';
/** What is counted; two of it are 两. */
const COUNTED =
  '个|位|次|份|张|家|户|人|笔|天|周|岁|小时|分钟|秒|元|吨|平方米|公里|千米|米|公斤|克|升|万|亿|种|名|台|辆|套|件|部|批|本|页|条|款|项|倍|年|点|层';
/** Measures that number rather than count: 二月, 二号, 二季度. */
const NUMBERED = '月|日|号|季度|级|楼|度|期|路';
/** Words after which digits are typed or dialled. */
const CODES =
  '尾号|工号|编号|验证码|密码|代码|号码|手机号|拨打|致电|请拨|热线|电话|分机|账号|卡号|税号|识别号|单号|受理号|流水号|邮编|坐席|转接';

type Rule = (text: string) => string;

/** `read` gets the groups of a match; its null leaves the text as it stands. */
function rule(pattern: string, read: (...groups: string[]) => string | null): Rule {
  const expression = new RegExp(pattern, 'gu');
  return (text) =>
    text.replace(expression, (all: string, ...rest: unknown[]) => {
      const groups = rest.slice(
        0,
        rest.findIndex((each) => typeof each === 'number'),
      ) as string[];
      return read(...groups) ?? all;
    });
}

const rules: Rule[] = [
  rule(String.raw`(?<=\d)：(?=\d\d)`, () => ':'),
  // Days, years, times.
  rule(String.raw`(?<![\d.])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)`, (year, _, month, day) =>
    date(year ?? '', month ?? '', day ?? ''),
  ),
  rule(`(?<!\\d)(\\d{4})年?${DASH}(\\d{4})年`, (from = '', to = '') => `${oneByOne(from)}至${oneByOne(to)}年`),
  rule(String.raw`(?<!\d)((?:19|20|21)\d\d)年`, (year = '') => `${oneByOne(year)}年`),
  rule(
    String.raw`[〔［\[(（](\d{4})[〕］\])）]\s*(第?)(\d+)号`,
    (year = '', ordinal = '', number = '') => `，${oneByOne(year)}，${ordinal}${codeOrCount(number)}号`,
  ),
  rule(`(?<=\\d:\\d\\d)\\s*${DASH}\\s*(?=\\d{1,2}:\\d\\d)`, () => '至'),
  rule(String.raw`(?<!\d)(\d{1,2}):(\d\d)(?::(\d\d))?(?!\d)`, (hour = '', minute = '', second) =>
    timeOfDay(hour, minute, second),
  ),
  // Numbers to be dialled or typed.
  rule(
    String.raw`(?<!\d)(0\d{2,3})[-\s](\d{7,8})(?!\d)`,
    (area = '', number = '') => `${telephone(area)}，${telephone(number)}`,
  ),
  rule(String.raw`(?<!\d)([48]00)[-\s]?(\d{3})[-\s]?(\d{4})(?!\d)`, (...parts) => parts.map(telephone).join('，')),
  rule(String.raw`(?<!\d)(?:\+?86[-\s]?)?(1[3-9]\d)[-\s]?(\d{4})[-\s]?(\d{4})(?!\d)`, (...parts) =>
    parts.map(telephone).join(''),
  ),
  rule(`(?<=(?:${CODES})[为是：:\\s]{0,2})(\\d{2,})(?!\\d|(?:${COUNTED})|[.,]\\d|%)`, (code = '') => telephone(code)),
  // Ranges: what stands between two numbers of one kind is 至.
  rule(
    `(?<![\\d-])(${NUMBER})(%?)${DASH}(${NUMBER})(?=(%)|${COUNTED}|${NUMBERED})`,
    (from = '', sign = '', to = '', other = '') => `${from}${sign || other}至${to}`,
  ),
  // Money and rates.
  rule(String.raw`(?<=^|[\s：:，为是])-(?=\d)`, () => '负'),
  rule(`¥\\s*(${NUMBER})([万亿]?)`, (amount = '', unit = '') =>
    unit ? `${quantity(amount)}${unit}元` : money(amount),
  ),
  rule(`(${NUMBER})元`, (amount = '') => money(amount)),
  rule(`(${NUMBER})%`, (number = '') => percent(number)),
  rule(`(${NUMBER})‰`, (number = '') => `千分之${quantity(number)}`),
  rule(String.raw`(?<![\d/])(\d{1,3})/(\d{1,4})(?![\d/])`, (part = '', whole = '') =>
    Number(part) < Number(whole) ? `${cardinal(whole)}分之${cardinal(part)}` : null,
  ),
  // Counts, ordinals, and what is left.
  rule(String.raw`第(\d+)`, (number = '') => `第${number.length > 3 ? oneByOne(number) : cardinal(number)}`),
  rule(`(${NUMBER})(?=(?:${COUNTED}))`, (number = '') => counted(number)),
  rule(`(?<!\\d)(\\d{1,3})(?=(?:${NUMBERED}))`, (number = '') => cardinal(number)),
  rule(String.raw`(\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+\.\d+)`, (number = '') => quantity(number)),
  rule(String.raw`(\d+)`, (digits = '') => codeOrCount(digits)),
  rule('(?<=[A-Za-z])[.](?=[A-Za-z])', () => '点'),
  rule('@', () => '艾特'),
  rule('#', () => '井号'),
  rule('\\*', () => '星号'),
  rule('&', () => '和'),
];

/** One to three digits are a quantity or a key; longer ones and those with a leading zero are a code. */
function codeOrCount(digits: string): string {
  return digits.length <= 3 && !/^0\d/.test(digits) ? cardinal(digits) : telephone(digits);
}

const FULL_WIDTH_OFFSET = 0xfee0;

/** `应纳税额1,234.50元` → `应纳税额一千二百三十四元五角`. No digit is left; letters stay, for engines that can say them. */
export function speakable(text: string): string {
  const narrow = text
    .replace(/[０-９Ａ-Ｚａ-ｚ％．／－～＠＆]/gu, (sign) =>
      String.fromCodePoint((sign.codePointAt(0) ?? 0) - FULL_WIDTH_OFFSET),
    )
    .replaceAll('￥', '¥');
  return rules.reduce((read, rule) => rule(read), narrow);
}

/** False for signs and blanks alone: no engine could say anything. */
export const isSpeakable = (text: string): boolean => /[\p{Script=Han}A-Za-z]/u.test(speakable(text));
