import { startPreview } from "./start-server.ts";

await startPreview();
