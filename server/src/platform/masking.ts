/** Personal data as screens show it. Counted in characters as people see them. */

/** `138****5678`; short numbers (services, extensions) are nobody's own and stay. */
export function maskNumber(number: string): string {
  if (number.length <= 6 || /\D/.test(number.replace(/^\+/, ''))) return number;
  return middle(number, number.length >= 9 ? 3 : 1, 4);
}

/** `韦*`, `韦*兰`. */
export function maskName(name: string): string {
  const letters = [...name];
  if (letters.length < 2) return name;
  return letters.length === 2 ? `${letters[0]}*` : middle(name, 1, 1);
}

/** `450***********1234`: identity and tax numbers. */
export const maskId = (value: string): string => middle(value, value.length >= 12 ? 3 : 1, value.length >= 9 ? 4 : 1);

function middle(text: string, first: number, last: number): string {
  const letters = [...text];
  const hidden = letters.length - first - last;
  if (hidden <= 0) return '*'.repeat(letters.length);
  return letters.slice(0, first).join('') + '*'.repeat(hidden) + letters.slice(letters.length - last).join('');
}
