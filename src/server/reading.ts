import { parentPort } from 'node:worker_threads';
import { serveJobs } from '../mailbox/reading/thread-worker.ts';

// The whole program of the thread that reads mail.
if (parentPort) serveJobs(parentPort);
