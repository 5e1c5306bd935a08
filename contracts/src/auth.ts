import { z } from 'zod';
import { errorCodes, id, unitRef } from './common.ts';
import { route } from './route.ts';
import { builtInRole, dataScope, permission } from './states/people.ts';

export const roleRef = z.object({ id, code: builtInRole.schema.nullable(), name: z.string() });
export type RoleRef = z.infer<typeof roleRef>;

/** Who asks, and what they may do and see. Screens take abilities from here, never from roles. */
export const viewer = z.object({
  id,
  kind: z.enum(['person', 'key']),
  login: z.string(),
  name: z.string(),
  agentNumber: z.string().nullable(),
  roles: z.array(roleRef),
  permissions: z.array(permission.schema),
  /** Home unit, and the centre it belongs to. */
  unit: unitRef,
  centre: unitRef,
  scope: dataScope.schema,
  /** Centres within the viewer's scope: what the switcher in the header offers. One or none: no switcher. */
  centres: z.array(unitRef),
  /** The centre that the viewer has narrowed everything to; null: all of the scope, merged. */
  chosenCentre: unitRef.nullable(),
  /** What must be done before anything else is allowed. */
  due: z.enum(['password', 'totp']).nullable(),
});
export type Viewer = z.infer<typeof viewer>;

/** `code`: a one-time password is asked for, to be sent with `ticket` within five minutes. */
export const signInStep = z.discriminatedUnion('step', [
  z.object({ step: z.literal('done'), viewer }),
  z.object({ step: z.literal('code'), ticket: z.string() }),
]);
export type SignInStep = z.infer<typeof signInStep>;

export const webSession = z.object({
  id,
  startedAt: z.date(),
  lastSeenAt: z.date(),
  expiresAt: z.date(),
  address: z.string(),
  userAgent: z.string(),
  method: z.enum(['password', 'oidc']),
  /** The session of this very request. */
  current: z.boolean(),
});
export type WebSession = z.infer<typeof webSession>;

export const passwordPolicy = z.object({
  minLength: z.number().int().min(8).max(64),
  /** Of lower-case, upper-case, digits, others. */
  minClasses: z.number().int().min(1).max(4),
  /** How many earlier passwords may not be used again. */
  history: z.number().int().min(0).max(24),
  /** Days until a password must be changed; 0: never. */
  maxAgeDays: z.number().int().min(0).max(3650),
});
export type PasswordPolicy = z.infer<typeof passwordPolicy>;

const password = z.string().min(1, '请输入密码').max(256);
const code = z.string().trim().min(6, '请输入动态口令').max(32);
const own = { tag: 'auth', by: 'person' } as const;
/** Where a password is asked for. */
const passwordErrors = {
  BAD_CREDENTIALS: errorCodes.BAD_CREDENTIALS,
  LOCKED: errorCodes.LOCKED,
  BUSY: errorCodes.BUSY,
};

export const auth = {
  /** What the sign-in page shows. */
  options: route('public', { ...own, method: 'GET', path: '/auth/options', summary: '登录页选项' }).output(
    z.object({
      /** Single sign-on: label of its button; it begins at `/api/auth/oidc/start`. */
      oidc: z.object({ name: z.string(), startPath: z.string() }).nullable(),
      trial: z.boolean(),
    }),
  ),
  login: route('public', { ...own, method: 'POST', path: '/auth/login', summary: '登录' })
    .errors(passwordErrors)
    .input(z.object({ login: z.string().trim().min(1, '请输入工号').max(64), password }))
    .output(signInStep),
  loginCode: route('public', { ...own, method: 'POST', path: '/auth/login/code', summary: '登录：动态口令' })
    .errors({ BAD_CODE: errorCodes.BAD_CODE, LOCKED: errorCodes.LOCKED, UNAUTHORIZED: errorCodes.UNAUTHORIZED })
    .input(z.object({ ticket: z.string().max(100), code }))
    .output(signInStep),
  logout: route('signed_in', {
    ...own,
    method: 'POST',
    path: '/auth/logout',
    summary: '退出登录',
    whileDue: true,
  }).output(z.object({})),
  me: route('signed_in', { tag: 'auth', method: 'GET', path: '/auth/me', summary: '当前登录人', whileDue: true })
    .errors({ UNAUTHORIZED: errorCodes.UNAUTHORIZED })
    .output(viewer),
  /** Narrows everything to one centre, for this session; null: all of the viewer's scope. */
  chooseCentre: route('signed_in', { ...own, method: 'POST', path: '/auth/centre', summary: '切换中心' })
    .errors({ NOT_FOUND: errorCodes.NOT_FOUND })
    .input(z.object({ unitId: id.nullable() }))
    .output(viewer),
  policy: route('signed_in', {
    ...own,
    method: 'GET',
    path: '/auth/password-policy',
    summary: '密码规则',
    whileDue: true,
  }).output(passwordPolicy),
  /** Ends all other sessions of the person. */
  changePassword: route('signed_in', {
    ...own,
    method: 'POST',
    path: '/auth/password',
    summary: '修改密码',
    whileDue: true,
  })
    .errors({ ...passwordErrors, PASSWORD_REFUSED: errorCodes.PASSWORD_REFUSED })
    .input(z.object({ current: password, next: password }))
    .output(viewer),
  sessions: route('signed_in', { ...own, method: 'GET', path: '/auth/sessions', summary: '我的会话' }).output(
    z.array(webSession),
  ),
  endSession: route('signed_in', { ...own, method: 'POST', path: '/auth/sessions/{id}/end', summary: '结束会话' })
    .errors({ NOT_FOUND: errorCodes.NOT_FOUND })
    .input(z.object({ id }))
    .output(z.object({})),
  totp: {
    state: route('signed_in', {
      ...own,
      method: 'GET',
      path: '/auth/totp',
      summary: '动态口令状态',
      whileDue: true,
    }).output(
      z.object({ enrolledAt: z.date().nullable(), recoveryCodesLeft: z.number().int(), required: z.boolean() }),
    ),
    /** A new secret, valid once confirmed. `uri` is what authenticator apps scan (RFC 6238, otpauth:). */
    begin: route('signed_in', {
      ...own,
      method: 'POST',
      path: '/auth/totp/begin',
      summary: '动态口令：开始绑定',
      whileDue: true,
      trace: 'none',
    })
      .errors({ ...passwordErrors, WRONG_STATE: errorCodes.WRONG_STATE })
      .input(z.object({ password }))
      .output(z.object({ secret: z.string(), uri: z.string() })),
    confirm: route('signed_in', {
      ...own,
      method: 'POST',
      path: '/auth/totp/confirm',
      summary: '动态口令：完成绑定',
      whileDue: true,
    })
      .errors({ BAD_CODE: errorCodes.BAD_CODE, WRONG_STATE: errorCodes.WRONG_STATE })
      .input(z.object({ code }))
      .output(z.object({ recoveryCodes: z.array(z.string()) })),
    remove: route('signed_in', { ...own, method: 'POST', path: '/auth/totp/remove', summary: '解除动态口令' })
      .errors({ ...passwordErrors, REFUSED: errorCodes.REFUSED })
      .input(z.object({ password }))
      .output(z.object({})),
  },
};

/** 安全策略: what the security administrator sets for everyone. */
export const securitySettings = z.object({
  password: passwordPolicy,
  lockout: z.object({
    /** Wrong passwords in a row after which an account is locked; each further one doubles the time. */
    accountFailures: z.number().int().min(3).max(20),
    addressFailures: z.number().int().min(5).max(1000),
    firstSeconds: z.number().int().min(5).max(3600),
    maxSeconds: z.number().int().min(60).max(86_400),
  }),
  session: z.object({
    idleMinutes: z.number().int().min(5).max(1440),
    absoluteHours: z.number().int().min(1).max(72),
  }),
  /** Whoever holds a permission that changes settings must sign in with a one-time password. */
  totpForAdministrators: z.boolean(),
});
export type SecuritySettings = z.infer<typeof securitySettings>;

export const security = {
  get: route(['security.manage'], {
    tag: 'security',
    by: 'person',
    method: 'GET',
    path: '/security',
    summary: '安全策略',
  }).output(securitySettings),
  save: route(['security.manage'], {
    tag: 'security',
    by: 'person',
    method: 'PUT',
    path: '/security',
    summary: '保存安全策略',
  })
    .input(securitySettings)
    .output(securitySettings),
};
