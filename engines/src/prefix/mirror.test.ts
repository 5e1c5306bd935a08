import { expect, test } from 'vitest';
import { debianUri } from './mirror.ts';

const deb822 = `Types: deb
# URIs: http://commented.example/debian
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main

Types: deb deb-src
URIs: http://first.example/debian http://second.example/debian/
Suites: bookworm
Components: main
`;

test('the archive is found in deb822 sources, past security and comments', () => {
  expect(debianUri([deb822])).toBe('http://first.example/debian');
});

test('continued and disabled stanzas are understood', () => {
  const disabled = 'Types: deb\nEnabled: no\nURIs: http://off.example/debian\nSuites: sid\n';
  const continued = 'Types: deb\nURIs:\n http://on.example/debian\nSuites: sid\n';
  expect(debianUri([`${disabled}\n${continued}`])).toBe('http://on.example/debian');
});

test('the archive is found in one-line sources, with options and comments', () => {
  const lines = `# deb http://commented.example/debian sid main
deb-src http://source.example/debian sid main
deb [arch=amd64 signed-by=/k.gpg] https://one.example/debian/ bookworm main contrib`;
  expect(debianUri([lines])).toBe('https://one.example/debian/');
});

test('an Ubuntu machine names none', () => {
  expect(debianUri(['deb http://archive.example/ubuntu noble main\nnonsense ::: line'])).toBeNull();
});
