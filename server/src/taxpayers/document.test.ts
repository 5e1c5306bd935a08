import { expect, it } from 'vitest';
import { taxpayerServiceDocument } from './document.ts';

it('is what docs/ shows; renew it with `vitest -u`', async () => {
  await expect(`${JSON.stringify(taxpayerServiceDocument(), null, 2)}\n`).toMatchFileSnapshot(
    '../../../docs/generated/taxpayers.openapi.json',
  );
});
