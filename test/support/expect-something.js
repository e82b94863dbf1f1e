// A test without assertions always passes, and so does one whose assertions are in a callback that is never called.
beforeEach(() => expect.hasAssertions());
