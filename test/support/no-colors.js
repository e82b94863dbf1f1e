// Texts are compared as they read; a terminal's colors, which CI systems and users turn on, stay out of them.
process.env.NO_COLOR = "1";
delete process.env.FORCE_COLOR;
