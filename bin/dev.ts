import { reportFailure } from "./output.ts";
import { startPreview } from "./start-server.ts";

try {
  await startPreview();
} catch (error) {
  reportFailure(error);
}
