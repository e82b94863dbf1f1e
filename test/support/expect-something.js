// A test without an assertion passes whatever happens; so does one whose assertions are all in a callback that is never called.
beforeEach(() => expect.hasAssertions());
