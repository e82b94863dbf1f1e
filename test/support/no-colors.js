// Texts are compared as they read; so terminal colors, which CI systems and users turn on, are switched off.
process.env.NO_COLOR = "1";
delete process.env.FORCE_COLOR;
