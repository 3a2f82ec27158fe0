import { reportFailure } from "./output.ts";
import { startServer } from "./start-server.ts";

try {
  await startServer();
} catch (error) {
  reportFailure(error);
}
