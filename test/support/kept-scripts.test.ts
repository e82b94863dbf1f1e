// The first declares an Error of its own, the second a Symbol, a Number and a String.
test.each([
  ["mysql2", "createPool"],
  ["readable-stream", "Writable"],
])("%s can be loaded, though it declares names that jest gives to each module", (name, exported) => {
  expect(require(name)).toHaveProperty(exported);
});
