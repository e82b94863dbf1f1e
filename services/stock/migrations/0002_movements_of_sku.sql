-- Built while others read and write; the server refuses to build it in any other way.
CREATE INDEX movements_of_sku ON movements (sku, moved_at) ALGORITHM=INPLACE LOCK=NONE;
