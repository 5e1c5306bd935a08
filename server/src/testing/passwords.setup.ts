/** Tests wait for passwords: hashing doesn't stand back behind them. */
import { PasswordWorkers } from '../auth/passwords.ts';

PasswordWorkers.yields = false;
