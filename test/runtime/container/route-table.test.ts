import { routeTable } from "../../../runtime/container/route-table";

describe("The routes of a container", () => {
  const find = routeTable([
    "$default",
    "ANY /orders/{orderId}",
    "GET /orders/{orderId}",
    "GET /orders/{path+}",
    "GET /orders/open",
    "POST /orders",
  ]);

  test.each([
    ["GET", "/orders/open", "GET /orders/open", {}],
    ["GET", "/orders/17", "GET /orders/{orderId}", { orderId: "17" }],
    ["DELETE", "/orders/17", "ANY /orders/{orderId}", { orderId: "17" }],
    ["GET", "/orders/17/lines", "GET /orders/{path+}", { path: "17/lines" }],
    ["POST", "/orders", "POST /orders", {}],
    ["GET", "/orders", "$default", {}],
    ["GET", "/ordersXopen", "$default", {}],
  ])("lead %s %s to %s", (method, path, routeKey, parameters) => {
    expect(find(method, path)).toEqual({ routeKey, parameters });
  });

  test("know no route that is not listed", () => {
    expect(routeTable(["GET /health"])("GET", "/orders")).toBeUndefined();
  });

  test("refuse a route that is listed twice", () => {
    expect(() => routeTable(["GET /health", "GET /health"])).toThrow('The route "GET /health" is listed twice.');
  });
});
