import { oc } from '@orpc/contract';
import { z } from 'zod';
import { errorCodes, id, unitRef } from './common.ts';
import { permission, role } from './states.ts';

export const viewer = z.object({
  id,
  login: z.string(),
  name: z.string(),
  agentNumber: z.string().nullable(),
  roles: z.array(role.schema),
  permissions: z.array(permission.schema),
  unit: unitRef,
});
export type Viewer = z.infer<typeof viewer>;

export const auth = {
  login: oc
    .route({ method: 'POST', path: '/auth/login', summary: '登录', tags: ['auth'] })
    .errors({ BAD_CREDENTIALS: errorCodes.BAD_CREDENTIALS })
    .input(
      z.object({
        login: z.string().trim().min(1, '请输入工号').max(64),
        password: z.string().min(1, '请输入密码').max(256),
      }),
    )
    .output(viewer),
  logout: oc.route({ method: 'POST', path: '/auth/logout', summary: '退出登录', tags: ['auth'] }).output(z.object({})),
  me: oc
    .route({ method: 'GET', path: '/auth/me', summary: '当前登录人', tags: ['auth'] })
    .errors({ UNAUTHORIZED: errorCodes.UNAUTHORIZED })
    .output(viewer),
};
