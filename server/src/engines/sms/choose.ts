/** Which gateway takes short messages, by configuration. */
import type { Config } from '../../platform/config.ts';
import type { SmsGateway } from './gateway.ts';
import { httpSms } from './http.ts';

/** null: none, nothing can be sent. */
export const smsGateway = ({ SMS_URL, SMS_TOKEN }: Config): SmsGateway | null =>
  SMS_URL ? httpSms({ url: SMS_URL, token: SMS_TOKEN }) : null;
