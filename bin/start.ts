import { reportFailure } from "./output.ts";
import { startServer } from "./start-server.ts";
import { superviseDelivery } from "./supervise.ts";

const stopDelivery = superviseDelivery();
try {
  await startServer(stopDelivery);
} catch (error) {
  reportFailure(error);
  await stopDelivery();
}
