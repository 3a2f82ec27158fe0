import { parentPort, workerData } from "node:worker_threads";
import { type CheckJob, checkFiles } from "./check-files.ts";

/** One thread's share of a large content folder. */
parentPort?.postMessage(checkFiles(workerData as CheckJob));
