import { afterAll, afterEach } from "vitest";
import { failOnRefusals, ownFolders } from "./isolate.ts";

const own = ownFolders();

// The name of the test is what Vitest says with it.
afterEach(failOnRefusals);

afterAll(() => own.remove());
