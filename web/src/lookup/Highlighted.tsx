import type { Parts } from '@rexian/contracts';

/** Text with what was found in it. */
export function Highlighted({ parts }: { parts: Parts }) {
  return parts.map(({ text, hit }, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text stand still
    hit ? <mark key={index}>{text}</mark> : text,
  );
}
