import { startWithDelivery } from "./start-server.ts";

await startWithDelivery();
