export { type ServedHttp, type ServeHttpOptions, serveHttp } from "./serve-http.js";
