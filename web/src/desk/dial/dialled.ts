/** The number as people write or paste it, or what is wrong with it, in Chinese. */
export function dialledNumber(typed: string): { number: string } | { missing: string } {
  const number = typed.replace(/[\s()（）-]/g, '');
  if (number === '') return { missing: '请输入要拨打的号码' };
  return /^\+?[0-9]{3,20}$/.test(number) ? { number } : { missing: '号码只能是 3–20 位数字，座机请加区号' };
}
