import { serveHttp } from "../../runtime/container/serve-http";
import { handler } from "./handler";

void serveHttp({ handler, routes: ["GET /health", "GET /shipments/{orderId}"] });
