import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { peerHeaders, readPeerSource, type Sent } from './peer.ts';

/** What the dialplan makes of the headers (engines/asterisk/extensions.conf, rexian-peer). */
function sourceOf(headers: Record<string, string>): string {
  const kept = (name: string, letters: RegExp, most: number) =>
    (headers[`X-Rexian-${name}`] ?? '').replaceAll(letters, '').slice(0, most);
  const said = [
    kept('Reference', /[^0-9a-f-]/g, 36),
    kept('Origin', /[^a-z_]/g, 20),
    kept('From', /[^0-9A-Za-z_.-]/g, 600),
    kept('Note', /[^0-9A-Za-z_-]/g, 1100),
  ];
  return `peer/trunk-gd/${said.join('/')}`;
}

const text = (most: number) =>
  fc.string({ unit: 'grapheme', maxLength: most }).map((all) => [...all].slice(0, most).join(''));
const clean = (all: string) => all.replace(/\p{Cc}+/gu, ' ').trim();

describe('what platforms tell each other', () => {
  it('comes through the dialplan whole, whatever it is', () => {
    const sent = fc.record<Sent>({
      reference: fc.oneof(fc.uuid(), fc.constant(null)),
      origin: fc.constantFrom('direct', 'province_transfer', 'city_transfer'),
      unit: text(60),
      person: text(40),
      note: text(200),
    });
    fc.assert(
      fc.property(sent, (each) => {
        const read = readPeerSource(sourceOf(peerHeaders(each)));
        const { unit, person, note } = each;
        const whole = { ...each, unit: clean(unit), person: clean(person), note: clean(note) };
        expect(read).toEqual({ endpoint: 'trunk-gd', sent: whole });
      }),
    );
  });

  it('is cut where it is longer than a note may be', () => {
    const long = {
      reference: null,
      origin: 'direct',
      unit: '省'.repeat(99),
      person: '员'.repeat(99),
      note: '😀'.repeat(999),
    } as const;
    const read = readPeerSource(sourceOf(peerHeaders(long)));
    expect(read?.sent).toMatchObject({ unit: '省'.repeat(60), person: '员'.repeat(40), note: '😀'.repeat(200) });
  });

  it.each([
    ['trunk', null],
    ['trial', null],
    ['', null],
    ['peer', null],
    ['peer/', null],
  ])('is nothing when the source is «%s»', (source, read) => expect(readPeerSource(source)).toEqual(read));

  it('is an ordinary call when a peer says nothing, or nonsense', () => {
    const plain = { reference: null, origin: 'direct', unit: '', person: '', note: '' };
    expect(readPeerSource('peer/trunk-gd////')?.sent).toEqual(plain);
    expect(readPeerSource('peer/trunk-gd/0-0/callback/_./')?.sent).toMatchObject({ reference: null, origin: 'direct' });
  });
});
