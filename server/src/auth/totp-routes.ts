/** Routes of the own one-time password. */
import type { Viewer } from '@rexian/contracts';
import { viewerApi } from '../platform/api.ts';
import { refusal } from '../platform/errors.ts';
import { sendHint } from '../platform/hints.ts';
import type { AuthDeps } from './deps.ts';
import { beginTotp, confirmTotp, removeTotp, totpState } from './second-factor.ts';
import { personSubject } from './sign-in.ts';
import { totpUri } from './totp.ts';
import { administers } from './viewers.ts';

export function totpRoutes({ signIn, security, vault }: AuthDeps) {
  const required = async ({ permissions }: Viewer) =>
    (await security.get()).totpForAdministrators && administers(permissions);
  return {
    state: viewerApi.auth.totp.state.handler(async ({ context: { viewer, store } }) => ({
      ...(await totpState(store.system, viewer.id)),
      required: await required(viewer),
    })),
    begin: viewerApi.auth.totp.begin.handler(async ({ input, context }) => {
      const { viewer, store } = context;
      await signIn.confirmPassword(viewer.id, input.password, context);
      const secret = await beginTotp(store.system, vault, viewer.id);
      if (!secret) throw refusal('WRONG_STATE', '已绑定动态口令，如需更换请先解除');
      return { secret, uri: totpUri(secret, viewer.login) };
    }),
    confirm: viewerApi.auth.totp.confirm.handler(async ({ input, context }) => {
      const { viewer, store } = context;
      return store.system.transaction().execute(async (trx) => {
        const codes = await confirmTotp(trx, vault, viewer.id, input.code);
        if (codes === 'not_begun') throw refusal('WRONG_STATE', '请重新开始绑定');
        if (codes === 'wrong') throw refusal('BAD_CODE', '动态口令不正确，请核对手机时间后重试');
        await sendHint(trx, { topic: 'viewer', personId: viewer.id });
        const entry = { subject: personSubject(viewer), unitId: viewer.unit.id };
        await context.audit({ action: 'totp_changed', ...entry, before: { totp: false }, after: { totp: true } }, trx);
        return { recoveryCodes: codes };
      });
    }),
    remove: viewerApi.auth.totp.remove.handler(async ({ input, context }) => {
      const { viewer, store } = context;
      if (await required(viewer))
        throw refusal('REFUSED', '安全策略要求使用动态口令，不能自行解除；更换手机请联系安全管理员');
      await signIn.confirmPassword(viewer.id, input.password, context);
      await store.system.transaction().execute(async (trx) => {
        if (!(await removeTotp(trx, viewer.id))) return context.nothingChanged();
        const entry = { subject: personSubject(viewer), unitId: viewer.unit.id };
        await context.audit({ action: 'totp_changed', ...entry, before: { totp: true }, after: { totp: false } }, trx);
      });
      return {};
    }),
  };
}
