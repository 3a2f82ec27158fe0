import { superviseDelivery } from "../../bin/supervise.ts";

/** What `npm start` runs beside the server, and a word that this process goes on whatever becomes of it. */
superviseDelivery();
setInterval(() => process.stdout.write("Still here.\n"), 50);
