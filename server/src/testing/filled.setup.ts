/** vitest's global setup of tests on whole platforms. */
import { prepareFilled } from './filled.ts';

export default prepareFilled;
