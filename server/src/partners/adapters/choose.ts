import type { PartnerKind } from '@rexian/contracts';
import type { Adapter } from './adapter.ts';
import { platform12345 } from './platform-12345.ts';
import { rexian } from './rexian.ts';

export const adapters: Record<PartnerKind, Adapter> = { rexian, platform_12345: platform12345 };
