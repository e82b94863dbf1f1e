/** Imported before anything else, it leaves the engine as it is for this test file. */
globalThis.evenkeelEngineAlone = true;
