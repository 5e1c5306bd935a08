import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admissionOf, listedForm } from './admission.ts';

describe('what the lists say', () => {
  it('white goes before black, whatever else there is', () => {
    expect(admissionOf([])).toBe('open');
    expect(admissionOf(['black', 'black'])).toBe('blocked');
    expect(admissionOf(['black', 'white', 'black'])).toBe('preferred');
  });
});

describe('a number on a list', () => {
  it.each([
    ['13812345678', '13812345678'],
    ['013812345678', '13812345678'],
    ['+8613812345678', '13812345678'],
    ['008613812345678', '13812345678'],
    ['07715551234', '07715551234'],
    ['+867715551234', '07715551234'],
    ['+862012345678', '02012345678'],
    ['95533', '95533'],
    ['+8695533', '95533'],
    ['+85223456789', '+85223456789'],
    ['0085223456789', '+85223456789'],
    ['*71', '*71'],
  ])('%s is %s', (written, listed) => expect(listedForm(written)).toBe(listed));

  it('has one form however often it is brought into it', () => {
    const number = fc.stringMatching(/^(\+86|0086|\+|00|0)?[0-9]{3,16}$/);
    fc.assert(
      fc.property(number, (written) => listedForm(listedForm(written)) === listedForm(written)),
      {
        numRuns: 2_000,
        examples: [['+86000'], ['+8600861380013800'], ['00860013800138000']],
      },
    );
  });
});
