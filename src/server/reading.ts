import { workerData } from 'node:worker_threads';
import { CompiledCode } from '../shared/compiled/compiled-code.ts';
import type * as ofThread from './thread.ts';

/** The first file of the thread that reads mail. It is given where what is compiled of the others is kept. */
const code = new CompiledCode(__dirname, typeof workerData === 'string' ? workerData : undefined);
code.load<typeof ofThread>('server-thread.js').readMail(() => code.keep('grown'));
