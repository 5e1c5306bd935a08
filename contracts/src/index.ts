/** The whole contract between browser (and partners) and server. No I/O in this package. */
import { auth } from './auth.ts';
import { contacts } from './contacts.ts';
import { deskContract } from './desk.ts';
import { monitor } from './monitor.ts';
import { trial } from './trial.ts';

export const contract = { auth, desk: deskContract, contacts, monitor, trial };

/** Where the RPC handler of the contract is mounted on the HTTP port. */
export const RPC_PATH = '/api/rpc';
/** SIP over WebSocket, proxied to Asterisk on the same origin. */
export const SIP_PATH = '/sip';

export * from './auth.ts';
export * from './common.ts';
export * from './contacts.ts';
export {
  type Category,
  category,
  type Desk,
  type DeskContact,
  desk,
  deskContact,
  type PhoneAccount,
  phoneAccount,
} from './desk.ts';
export * from './monitor.ts';
export * from './realtime.ts';
export * from './states.ts';
export * from './trial.ts';
